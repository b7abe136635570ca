import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Inference, openInference } from "@/lib/engine/inference/inference";
import { initialHead } from "@/lib/science/network/head";
import { IMAGE_LENGTH } from "@/lib/science/network/network-node";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { readSafetensors } from "@/lib/science/network/safetensors";
import { everyNth, FEATURE_STEP, MASK_STEP } from "@/lib/science/network/thin-out";
import { upsampleMask } from "@/lib/science/network/upsample-mask";
import { archivePixels } from "../support/archive-pixels";
import { phantomImage } from "../support/phantom-image";
import { sharedFile } from "../support/shared-data";

const root = path.resolve(import.meta.dirname, "../..");
const basePath = path.join(root, "lib/engine/shipped/resnet50-lgg-base.safetensors");
const cardPath = path.join(root, "lib/engine/shipped/resnet50-lgg-base.card.json");
const golden = sharedFile("models/golden.safetensors");
const archive = sharedFile("data/lgg-mri-segmentation.zip");

let cacheFolder: string;
let inference: Inference;

beforeAll(async () => {
  cacheFolder = await mkdtemp(path.join(os.tmpdir(), "sulcus-inference-"));
  inference = await openInference({ basePath, cacheFolder, batchSize: 2 });
});

afterAll(async () => {
  await inference.close();
  await rm(cacheFolder, { recursive: true });
});

describe("the shipped base", () => {
  it("is the file that its card describes", async () => {
    const card = JSON.parse(await readFile(cardPath, "utf8")) as { sha256: string };
    expect(inference.baseSha256).toBe(card.sha256);
    expect(
      createHash("sha256")
        .update(await readFile(basePath))
        .digest("hex"),
    ).toBe(card.sha256);
  });

  it.skipIf(!golden || !archive)("reproduces its published outputs on six real slices", async () => {
    const { tensors, metadata } = readSafetensors(await readFile(golden!));
    const names = JSON.parse(metadata.slices!) as string[];
    expect(names).toHaveLength(6);
    const { features, maskLogits, gapLogits } = await inference.embed(await archivePixels(archive!, names));
    expect(relativeDifference(features, tensors.get("features")!.values)).toBeLessThan(1e-5);
    expect(relativeDifference(maskLogits!, tensors.get("mask")!.values)).toBeLessThan(1e-5);
    expect(relativeDifference(gapLogits!, tensors.get("gap")!.values)).toBeLessThan(1e-5);
  });

  it("says of the phantom image what it said when the golden file was made", async () => {
    const file = await readFile(path.join(root, "lib/engine/shipped/resnet50-lgg-base.golden.safetensors"));
    const { tensors, metadata } = readSafetensors(file);
    expect(metadata.base).toBe(inference.baseSha256);
    const { features, maskLogits, gapLogits } = await inference.embed(phantomImage());
    expect(
      relativeDifference(everyNth(features, FEATURE_STEP), tensors.get("features")!.values),
    ).toBeLessThan(1e-5);
    expect(relativeDifference(everyNth(maskLogits!, MASK_STEP), tensors.get("mask")!.values)).toBeLessThan(
      1e-5,
    );
    expect(relativeDifference(gapLogits!, tensors.get("gap")!.values)).toBeLessThan(1e-5);
  });
});

describe("embedding", () => {
  it("finds the phantom's lesion where it is", async () => {
    const { maskLogits, gapLogits } = await inference.embed(phantomImage());
    const mask = upsampleMask(maskLogits!, 256, 256);
    let [inside, elsewhere] = [0, 0];
    mask.forEach((value, pixel) => {
      const isLesion = (Math.floor(pixel / 256) - 110) ** 2 + ((pixel % 256) - 150) ** 2 <= 22 * 22;
      if (isLesion) inside += value;
      else elsewhere += value;
    });
    expect(inside).toBeGreaterThan(0.7 * Math.PI * 22 * 22);
    expect(elsewhere).toBeLessThan(0.3 * Math.PI * 22 * 22);
    expect(gapLogits![0]).toBeGreaterThan(0);
  });

  it("gives an image the same values in any batch, as bytes or as floats, and counts images", async () => {
    const image = phantomImage();
    const three = new Uint8Array(3 * IMAGE_LENGTH);
    three.set(image, 2 * IMAGE_LENGTH);
    const before = inference.backboneRuns;
    const done: number[] = [];
    const together = await inference.embed(three, {
      onBatch: (images) => {
        done.push(images);
      },
    });
    const alone = await inference.embed(Float32Array.from(image, (value) => value / 255));
    expect(together.features.subarray(2 * 8192)).toEqual(alone.features);
    expect(together.maskLogits!.subarray(2 * 4096)).toEqual(alone.maskLogits!);
    expect(together.gapLogits![2]).toBe(alone.gapLogits![0]);
    expect(done).toEqual([2, 3]);
    expect(inference.backboneRuns - before).toBe(4);
  });

  it("holds up nothing else in its process", async () => {
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const startedAt = performance.now();
    await inference.embed(new Uint8Array(8 * IMAGE_LENGTH));
    const took = performance.now() - startedAt;
    clearInterval(timer);
    // Four batches: on the event loop's own thread each would be a pause of a quarter of it.
    expect(longest).toBeLessThan(took / 8);
  });

  it("is refused once the network is closed, and a second close does nothing", async () => {
    const closed = await openInference({ basePath, cacheFolder });
    const underWay = closed.embed(phantomImage());
    await closed.close();
    expect((await underWay).gapLogits).toEqual((await inference.embed(phantomImage())).gapLogits);
    await closed.close();
    await expect(closed.embed(phantomImage())).rejects.toThrow("the network was closed");
  });

  it("stops between batches when it is cancelled", async () => {
    const cancel = new AbortController();
    const before = inference.backboneRuns;
    const onBatch = () => cancel.abort(new Error("cancelled by its reader"));
    const running = inference.embed(new Uint8Array(5 * IMAGE_LENGTH), { signal: cancel.signal, onBatch });
    await expect(running).rejects.toThrow("cancelled by its reader");
    expect(inference.backboneRuns - before).toBe(2);
  });

  it("refuses pixels that are not whole images", async () => {
    await expect(inference.embed(new Uint8Array(IMAGE_LENGTH - 1))).rejects.toThrow("not a multiple");
  });
});

describe("the graph", () => {
  it("is made once of a base and opened from the cache afterwards", async () => {
    const [file, ...others] = await readdir(cacheFolder);
    expect(others).toEqual([]);
    const { mtimeMs } = await stat(path.join(cacheFolder, file!));
    const again = await openInference({ basePath, cacheFolder });
    await again.close();
    expect(await readdir(cacheFolder)).toEqual([file]);
    expect((await stat(path.join(cacheFolder, file!))).mtimeMs).toBe(mtimeMs);
  });

  it("is opened by two processes at once, and made again where a file of its name is damaged", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "sulcus-graphs-"));
    const settings = { basePath, cacheFolder: folder };
    for (const opened of await Promise.all([openInference(settings), openInference(settings)]))
      await opened.close();
    const [file, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    await writeFile(path.join(folder, file!), "");
    const repaired = await openInference(settings);
    const { gapLogits } = await repaired.embed(phantomImage());
    await repaired.close();
    expect(gapLogits).toEqual((await inference.embed(phantomImage())).gapLogits!);
    await rm(folder, { recursive: true });
  });

  it("is not left behind half-made of a base that is cut off", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "sulcus-broken-base-"));
    const broken = path.join(folder, "base.safetensors");
    await copyFile(basePath, broken);
    await writeFile(broken, (await readFile(broken)).subarray(0, 1_000_000));
    const cache = path.join(folder, "graphs");
    await expect(openInference({ basePath: broken, cacheFolder: cache })).rejects.toThrow("its tensors need");
    await expect(readdir(cache)).rejects.toThrow("ENOENT");
    await rm(folder, { recursive: true });
  });
});

describe("a head's session", () => {
  it("gives the logits that plain arithmetic gives", async () => {
    const { features } = await inference.embed(phantomImage());
    const head = initialHead(5);
    const session = await inference.headSession(head);
    const two = new Float32Array(2 * 8192);
    two.set(features, 8192);
    const logits = await session.predictLogits(two);
    await session.close();

    let values = Array.from(features);
    head.layers.forEach(({ kernel, bias }, layer) => {
      const sums = Array.from(bias);
      for (let input = 0; input < values.length; input++)
        for (let output = 0; output < sums.length; output++)
          sums[output]! += values[input]! * kernel[input * sums.length + output]!;
      values = layer < head.layers.length - 1 ? sums.map((sum) => Math.max(0, sum)) : sums;
    });
    expect(logits).toHaveLength(4);
    expect(Array.from(logits.subarray(0, 2))).toEqual([0, 0]);
    expect(relativeDifference(logits.subarray(2), values)).toBeLessThan(1e-5);
  });

  it("refuses features of another length", async () => {
    const session = await inference.headSession(initialHead(5));
    await expect(session.predictLogits(new Float32Array(8191))).rejects.toThrow("not a multiple of 8192");
    await session.close();
  });
});
