import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basePath, ensureShippedBase, readBaseCard } from "@/lib/engine/bases/base-network";
import { ensureShippedInt8Base, RangesFile, shippedRangesPath } from "@/lib/engine/bases/int8-base";
import { measureRanges } from "@/lib/engine/bases/measure-ranges";
import { tellsVnni } from "@/lib/engine/inference/has-exact-int8";
import { type Inference, openInference, sessionOptions } from "@/lib/engine/inference/inference";
import { baseAtPrecision } from "@/lib/features/bases/base-at-precision";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { database } from "@/lib/platform/database";
import { testImage } from "@/lib/science/imaging/test-image";
import { toInt8Base } from "@/lib/science/network/int8-base";
import { quantizeGraph } from "@/lib/science/network/quantize-graph";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { upsampleMask } from "@/lib/science/network/upsample-mask";
import { smallConvolution } from "../support/small-convolution";

describe("a quantised convolution", () => {
  it("gives the numbers of the sum by hand, and clips what is beyond the range", async () => {
    const model = quantizeGraph(smallConvolution(), new Map([["x", { low: -0.55, high: 2 }]]));
    const session = await ort.InferenceSession.create(model, sessionOptions(1));
    const image = new ort.Tensor("float32", Float32Array.of(1, -0.3, 3, 0), [2, 2, 1, 1]);
    const y = (await session.run({ image })).y!.data as Float32Array;
    await session.release();
    // 1.27 + 0.192 + 0.1 and 0.254 - 0.03 - 0.2; then 3 counts as 2: 2.54 + 0.1 and 0.508 - 0.2
    for (const [index, value] of [1.562, 0.024, 2.64, 0.308].entries())
      expect(y[index]).toBeCloseTo(value, 5);
  });
});

describe("a processor", () => {
  it.each([
    ["flags\t\t: fpu avx2 avx512f avx512_vnni", true],
    ["flags\t\t: fpu avx2 avx_vnni", true],
    ["flags\t\t: fpu avx2 avx512f", false],
    ["", false],
  ])("that says '%s' adds int8 products exactly: %s", (cpuInfo, exact) => {
    expect(tellsVnni(cpuInfo)).toBe(exact);
  });
});

describe("the shipped base in int8", () => {
  let folder: string;
  let f32: Inference;
  let int8: Inference;
  let file: RangesFile;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "sulcus-int8-"));
    file = RangesFile.parse(JSON.parse(await readFile(shippedRangesPath, "utf8")));
    const form = toInt8Base(
      await readFile(basePath),
      new Map(file.ranges.map(([name, low, high]) => [name, { low, high }])),
    );
    await writeFile(path.join(folder, "int8.safetensors"), form);
    f32 = await openInference({ basePath, cacheFolder: folder });
    int8 = await openInference({ basePath: path.join(folder, "int8.safetensors"), cacheFolder: folder });
  });

  afterAll(async () => {
    await f32.close();
    await int8.close();
    await rm(folder, { recursive: true });
  });

  it("is the base that its ranges name, measured on patients that the base has seen alone", async () => {
    expect(int8.baseSha256).toBe(file.int8Sha256);
    expect([f32.precision, int8.precision]).toEqual(["f32", "int8"]);
    const { seenPatients } = await readBaseCard();
    expect(file.patients.length).toBeGreaterThan(10);
    expect(file.patients.filter((hashed) => !seenPatients.includes(hashed))).toEqual([]);
  });

  it("says nearly what it says in floats, though not the same", async () => {
    const [floats, integers] = [await f32.embed(testImage()), await int8.embed(testImage())];
    const difference = relativeDifference(integers.features, floats.features);
    expect(difference).toBeGreaterThan(1e-3);
    expect(difference).toBeLessThan(0.1);
    expect(Math.sign(integers.gapLogits![0]!)).toBe(Math.sign(floats.gapLogits![0]!));
    const [ours, theirs] = [integers, floats].map(({ maskLogits }) => upsampleMask(maskLogits!, 256, 256));
    const both = ours!.reduce((sum, value, pixel) => sum + (value & theirs![pixel]!), 0);
    const dice = (2 * both) / [...ours!, ...theirs!].reduce((sum, value) => sum + value, 0);
    expect(dice).toBeGreaterThan(0.97);
  });

  it("has ranges that any image widens", async () => {
    const base = await readFile(basePath);
    const black = await measureRanges(base, [new Uint8Array(testImage().length)]);
    const both = await measureRanges(base, [new Uint8Array(testImage().length), testImage()]);
    expect([...both.keys()]).toEqual([...black.keys()]);
    expect(both.size).toBe(file.ranges.length);
    expect(both.get("image/channels-first")).toEqual({ low: 0, high: 1 });
    let wider = 0;
    for (const [name, { low, high }] of both) {
      expect(low).toBeLessThanOrEqual(black.get(name)!.low);
      expect(high).toBeGreaterThanOrEqual(black.get(name)!.high);
      if (high > black.get(name)!.high) wider++;
    }
    expect(wider).toBeGreaterThan(60);
    await expect(measureRanges(base, [])).rejects.toThrow("no image");
  });

  it("is entered once, as a child of the base, with the base's seen patients, and found from it and back", async () => {
    await ensureShippedBase();
    const { sha256 } = await readBaseCard();
    expect(await baseAtPrecision(database(), sha256, "INT8")).toBeNull();
    expect(await ensureShippedInt8Base()).toBe(file.int8Sha256);
    expect(await ensureShippedInt8Base()).toBe(file.int8Sha256);
    const [parent, form] = [await registeredBase(sha256), await registeredBase(file.int8Sha256)];
    expect(form.parentSha256).toBe(sha256);
    expect(form.name).toBe(`${parent.name} int8`);
    expect(form.seenPatients).toEqual(parent.seenPatients);
    expect(await baseAtPrecision(database(), sha256, "F32")).toBe(sha256);
    expect(await baseAtPrecision(database(), sha256, "INT8")).toBe(file.int8Sha256);
    expect(await baseAtPrecision(database(), file.int8Sha256, "INT8")).toBe(file.int8Sha256);
    expect(await baseAtPrecision(database(), file.int8Sha256, "F32")).toBe(sha256);
    expect(
      createHash("sha256")
        .update(await readFile(path.join(folder, "int8.safetensors")))
        .digest("hex"),
    ).toBe(form.sha256);
  });
});
