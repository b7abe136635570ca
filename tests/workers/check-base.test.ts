import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { basePath, shippedBase } from "@/lib/engine/bases/base-network";
import { compareWithGolden, selfCheckBase } from "@/lib/engine/bases/check-base";
import { readGolden } from "@/lib/engine/bases/read-golden";
import type { Inference } from "@/lib/engine/inference/inference";
import { type BaseFile, readBaseFile } from "@/lib/science/network/read-base-file";
import { type StoredTensor, writeSafetensors } from "@/lib/science/network/safetensors";
import { phantomImage } from "../support/phantom-image";
import { sharedFile } from "../support/shared-data";
import { shareGraph } from "../support/worker-process";

const golden = sharedFile("models/golden.safetensors");
const archive = sharedFile("data/lgg-mini.zip");

let base: BaseFile;
let inference: Inference;

beforeAll(async () => {
  await shareGraph();
  base = await readBaseFile(await readFile(basePath));
  inference = await shippedBase();
});

const floats = (image: Uint8Array) => Float32Array.from(image, (value) => value / 255);
const tensor = (shape: number[], values: ArrayLike<number>) =>
  ({ dtype: "F32", shape, values: Float32Array.from(values) }) satisfies StoredTensor;
const goldenFile = (tensors: Record<string, StoredTensor>, metadata = {}) =>
  writeSafetensors(new Map(Object.entries(tensors)), metadata);
const image = tensor([1, 256, 256, 3], floats(phantomImage()));

describe("the self-check of a base", { timeout: 120_000 }, () => {
  it("finds one network in training and in use", async () => {
    expect(await selfCheckBase(base, inference)).toBeLessThan(1e-5);
  });

  it("refuses weights that are not those in use, though by a single layer", async () => {
    const weights = new Map(base.weights);
    const { shape, values } = weights.get("conv3_block2_2_bn/beta")!;
    weights.set("conv3_block2_2_bn/beta", { shape, values: values.map((value) => value + 0.05) });
    await expect(selfCheckBase({ ...base, weights }, inference)).rejects.toMatchObject({
      said: { code: "base-trains-otherwise", difference: expect.any(Number), limit: 1e-4 },
    });
  });
});

describe("the golden comparison of a base", () => {
  it.skipIf(!golden || !archive)("reproduces the published outputs on slices of an archive", async () => {
    const differences = await compareWithGolden(
      inference,
      await readGolden(await readFile(golden!), archive!),
    );
    expect(Object.keys(differences)).toEqual(["features", "mask", "gap"]);
    for (const difference of Object.values(differences)) expect(difference).toBeLessThan(1e-5);
  });

  it("takes images from the file itself, and names the outputs that differ with by how much", async () => {
    const { features, maskLogits } = await inference.embed(phantomImage());
    const mask = tensor([1, 64, 64], maskLogits!);
    const close = { image, features: tensor([1, 8192], features), mask };
    const differences = await compareWithGolden(inference, await readGolden(goldenFile(close), undefined));
    expect(differences.features).toBeLessThan(1e-6);
    const far = {
      ...close,
      features: tensor(
        [1, 8192],
        features.map((value) => 1.001 * value),
      ),
    };
    await expect(
      compareWithGolden(inference, await readGolden(goldenFile(far), undefined)),
    ).rejects.toMatchObject({
      said: {
        code: "golden-differs",
        outputs: [{ output: "features", difference: expect.closeTo(1e-3, 4) }],
        limit: 1e-5,
      },
    });
    const other = { ...close, mask: tensor([2], [1, 2]) };
    await expect(
      compareWithGolden(inference, await readGolden(goldenFile(other), undefined)),
    ).rejects.toMatchObject({ said: { code: "golden-length", output: "mask", values: 2 } });
  });

  it("refuses a file that nothing can be compared with", async () => {
    const read = (bytes: Uint8Array, data?: string) => readGolden(bytes, data);
    const features = tensor([1, 8192], new Float32Array(8192));
    await expect(read(new Uint8Array(4))).rejects.toMatchObject({ said: { code: "golden-unreadable" } });
    await expect(read(goldenFile({ image }))).rejects.toMatchObject({ said: { code: "golden-empty" } });
    await expect(read(goldenFile({ features }))).rejects.toMatchObject({
      said: { code: "golden-without-images" },
    });
    const named = goldenFile({ features }, { slices: '["A/A_1.tif"]' });
    await expect(read(named)).rejects.toMatchObject({
      said: { code: "golden-needs-archive", slice: "A/A_1.tif" },
    });
    await expect(read(named, "/nowhere.zip")).rejects.toMatchObject({
      said: { code: "data-unreadable", problem: { code: "nothing-there" } },
    });
    if (archive)
      await expect(read(named, archive)).rejects.toMatchObject({
        said: { code: "data-lacks-slice", slice: "A/A_1.tif" },
      });
    const small = goldenFile({ features, image: tensor([1, 2, 2, 3], new Float32Array(12)) });
    await expect(read(small)).rejects.toMatchObject({ said: { code: "golden-image-shape" } });
  });
});
