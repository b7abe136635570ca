import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { maskDecoder } from "@/lib/science/network/mask-decoder";
import { readBaseFile } from "@/lib/science/network/read-base-file";
import { resnet50 } from "@/lib/science/network/resnet50";
import { readSafetensors, writeSafetensors } from "@/lib/science/network/safetensors";
import type { Weight } from "@/lib/science/network/weights";
import { kerasFile } from "../../support/keras-file";
import { madeUpWeights } from "../../support/made-up-weights";

/** The first steps of ResNet50, which are held against as the whole is. */
const stem = resnet50().slice(0, 4);
const backbone = madeUpWeights(stem);
const filled = (...shape: number[]): Weight => ({
  shape,
  values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
});
const withMore = (more: Record<string, Weight>) => new Map([...backbone, ...Object.entries(more)]);
const tensorsOf = (weights: ReadonlyMap<string, Weight>) =>
  writeSafetensors(new Map([...weights].map(([name, weight]) => [name, { ...weight, dtype: "F32" }])));

describe("a base's file", () => {
  it("of Keras becomes safetensors of the same values, whatever dense layers stand on it", async () => {
    const plain = await readBaseFile(await kerasFile(backbone), stem);
    expect(plain.network.outputs).toEqual(["features", "conv5"]);
    expect(plain.leftOut).toEqual([]);
    const { tensors } = readSafetensors(plain.safetensors);
    expect([...tensors]).toEqual([...backbone].map(([name, weight]) => [name, { dtype: "F32", ...weight }]));

    const top = { "predictions/kernel": filled(2048, 3), "predictions/bias": filled(3) };
    const topped = await readBaseFile(
      await kerasFile(withMore(top), { root: "model_weights", ending: "" }),
      stem,
    );
    expect(topped.leftOut).toEqual(["predictions"]);
    expect(Buffer.compare(topped.safetensors, plain.safetensors)).toBe(0);
    const fromTensors = await readBaseFile(tensorsOf(withMore(top)), stem);
    expect(fromTensors.leftOut).toEqual(["predictions"]);
    expect(Buffer.compare(fromTensors.safetensors, plain.safetensors)).toBe(0);
  });

  it("as safetensors is kept as it is, and its decoder and class unit are seen", async () => {
    const shipped = await readFile(
      path.resolve(import.meta.dirname, "../../../lib/engine/shipped/resnet50-lgg-base.safetensors"),
    );
    const { network, safetensors } = await readBaseFile(shipped);
    expect(network.outputs).toEqual(["features", "conv5", "mask", "gap"]);
    expect(safetensors).toBe(shipped);
    const classUnit = madeUpWeights(maskDecoder().filter(({ name }) => name === "gap"));
    const { network: scored } = await readBaseFile(tensorsOf(new Map([...backbone, ...classUnit])), stem);
    expect(scored.outputs).toEqual(["features", "conv5", "gap"]);
  });

  it("is refused where a layer is missing, in the decoder too, or has another shape or no finite value", async () => {
    const lacking = new Map(backbone);
    lacking.delete("conv1_bn/moving_variance");
    await expect(readBaseFile(await kerasFile(lacking), stem)).rejects.toThrow(
      "conv1_bn/moving_variance is missing",
    );
    await expect(readBaseFile(tensorsOf(withMore({ "decoder/out/bias": filled(1) })), stem)).rejects.toThrow(
      /decoder\/l5\/kernel is missing; .*and \d+ more/,
    );
    await expect(
      readBaseFile(tensorsOf(withMore({ "conv1_conv/kernel": filled(3, 3, 3, 64) })), stem),
    ).rejects.toThrow("conv1_conv/kernel has shape [3, 3, 3, 64] instead of [7, 7, 3, 64]");
    const broken = { shape: [64], values: new Float32Array(64).fill(Number.NaN, 7, 8) };
    await expect(readBaseFile(tensorsOf(withMore({ "conv1_bn/gamma": broken })), stem)).rejects.toThrow(
      "conv1_bn/gamma has a value that is not finite",
    );
  });

  it("of a deeper network, or with a layer that may change its input, is refused by the layer's name", async () => {
    const deeper = {
      "conv4_block7_1_conv/kernel": filled(1, 1, 4, 4),
      "conv4_block7_1_conv/bias": filled(4),
    };
    for (const bytes of [await kerasFile(withMore(deeper)), tensorsOf(withMore(deeper))])
      await expect(readBaseFile(bytes, stem)).rejects.toThrow(
        /does not have: conv4_block7_1_conv\..*another network/,
      );
    const normalizing = { "normalization/mean": filled(3), "normalization/variance": filled(3) };
    await expect(readBaseFile(await kerasFile(withMore(normalizing)), stem)).rejects.toThrow(
      "does not have: normalization.",
    );
  });

  it("of the whole network is read from Keras' layout", async () => {
    const whole = madeUpWeights(resnet50());
    const { weights, network } = await readBaseFile(await kerasFile(whole));
    expect(network.nodes).toEqual(resnet50());
    expect([...weights.keys()]).toEqual([...whole.keys()]);
    const bits = ({ values }: Weight) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    for (const [name, weight] of whole) expect(bits(weights.get(name)!).equals(bits(weight))).toBe(true);
  });

  it("that is no such network at all is refused with what it has", async () => {
    const other = tensorsOf(new Map([["layer1.0.conv1.weight", filled(1)]]));
    await expect(readBaseFile(other, stem)).rejects.toThrow("its tensors are layer1.0.conv1.weight");
    await expect(readBaseFile(new Uint8Array(3), stem)).rejects.toThrow("Not a usable safetensors file");
  });
});
