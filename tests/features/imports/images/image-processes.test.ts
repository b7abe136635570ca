import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { imageProcesses, makeImageProcesses } from "@/lib/features/imports/images/image-processes";
import { channelHistograms } from "@/lib/science/imaging/channel-histograms";
import { decodeImage, decodeMask } from "@/lib/science/imaging/decode-image";
import { ImageError } from "@/lib/science/imaging/image-problem";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";
import { MAX_PIXELS } from "@/lib/science/imaging/max-pixels";
import { pixelHash } from "@/lib/science/imaging/pixel-hash";
import { smallImage, smallMask } from "../small-set";

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => (error instanceof ImageError ? error.said : Promise.reject(error)),
  );

describe("files that can be decoded", () => {
  it("give the facts that decoding them here gives", async () => {
    const bytes = await smallImage(3);
    const image = await decodeImage(bytes);
    expect(await imageProcesses.examine("image", bytes)).toEqual({
      rows: 24,
      columns: 24,
      pixelHash: pixelHash(image),
      histograms: channelHistograms(image),
    });
  });

  it("give a mask's runs and area", async () => {
    const bytes = await smallMask(7);
    const facts = await imageProcesses.examine("mask", bytes);
    expect(facts).toMatchObject({ rows: 24, columns: 24, areaPixels: 7 });
    expect(decodeMaskRuns(facts.runs).data).toEqual((await decodeMask(bytes)).data);
  });

  it("are examined many at once, each with its own answer", async () => {
    const files = await Promise.all(Array.from({ length: 12 }, (_, seed) => smallImage(seed)));
    const found = await Promise.all(files.map((bytes) => imageProcesses.examine("image", bytes)));
    const expected = await Promise.all(files.map(async (bytes) => pixelHash(await decodeImage(bytes))));
    expect(found.map((facts) => facts.pixelHash)).toEqual(expected);
  });
});

describe("files that cannot", () => {
  it("are refused with the decoder's reason", async () => {
    const damaged = (await smallImage(1)).subarray(0, 90);
    expect(await problemOf(imageProcesses.examine("image", damaged))).toMatchObject({
      code: "image-damaged",
    });
  });

  it("are refused by their header where they are too large", async () => {
    const rows = Math.sqrt(MAX_PIXELS) + 1;
    const huge = await sharp({ create: { width: rows, height: rows, channels: 3, background: "black" } })
      .png()
      .toBuffer();
    expect(await problemOf(imageProcesses.examine("image", huge))).toEqual({ code: "too-many-pixels" });
  });

  it("cost their process where they take too much memory", async () => {
    const large = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: "black" } })
      .png()
      .toBuffer();
    // Node alone takes some 60 MiB; the pixels come on top.
    const narrow = makeImageProcesses({ atOnce: 1, limits: { memory: 100 * 2 ** 20, milliseconds: 30_000 } });
    expect(await problemOf(narrow.examine("image", large))).toEqual({
      code: "decoding-too-large",
      bytes: 100 * 2 ** 20,
    });
    expect(await narrow.examine("image", await smallImage(1))).toMatchObject({ rows: 24 });
  });
});

/** Programs that answer as a decoder which fails. */
describe("a process", () => {
  const program = (name: string) => ({
    file: path.join(tmpdir(), `sulcus-${process.pid}-${name}.mjs`),
    execArgv: [],
  });
  const dies = program("dies");
  const hangs = program("hangs");
  const neverStarts = program("never-starts");
  const faulty = program("faulty");
  beforeAll(async () => {
    const ready = 'process.on("disconnect", () => process.exit());\nprocess.send({ ready: true });\n';
    await writeFile(
      dies.file,
      `process.on("message", ({ bytes }) => (bytes[0] === 0 ? process.kill(process.pid, "SIGSEGV") : process.send({ facts: { rows: bytes[0] } })));\n${ready}`,
    );
    await writeFile(hangs.file, `process.on("message", () => { for (;;); });\n${ready}`);
    await writeFile(neverStarts.file, "process.exit(3);\n");
    await writeFile(
      faulty.file,
      `process.on("message", () => process.send({ fault: "out of luck" }));\n${ready}`,
    );
  });

  it("that dies costs its file alone, which is tried twice", async () => {
    const processes = makeImageProcesses({ atOnce: 2, program: dies });
    const files = [1, 0, 2, 3, 0, 4].map((first) => Uint8Array.of(first));
    const found = await Promise.all(
      files.map((bytes) =>
        processes.examine("image", bytes).then(
          ({ rows }) => rows,
          (error: ImageError) => error.said,
        ),
      ),
    );
    const died = { code: "decoder-died", how: "SIGSEGV" };
    expect(found).toEqual([1, died, 2, 3, died, 4]);
  });

  it("that does not come to an end is ended", async () => {
    const limits = { memory: 2 ** 30, milliseconds: 300 };
    const processes = makeImageProcesses({ atOnce: 1, program: hangs, limits });
    expect(await problemOf(processes.examine("image", Uint8Array.of(1)))).toEqual({
      code: "decoding-too-long",
      seconds: 0,
    });
  });

  it("that does not start blames the machine, and no file", async () => {
    const processes = makeImageProcesses({ atOnce: 1, program: neverStarts });
    await expect(processes.examine("image", Uint8Array.of(1))).rejects.toThrow("did not start (code 3)");
    await expect(processes.examine("image", Uint8Array.of(1))).rejects.toThrow("did not start (code 3)");
  });

  it("with a fault of its own blames no file", async () => {
    const processes = makeImageProcesses({ atOnce: 1, program: faulty });
    const failed = await processes.examine("image", Uint8Array.of(1)).catch((error) => error);
    expect(failed).not.toBeInstanceOf(ImageError);
    expect(failed.message).toBe("out of luck");
  });
});
