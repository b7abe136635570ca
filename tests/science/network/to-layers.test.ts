import { readFile } from "node:fs/promises";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { maskDecoder } from "@/lib/science/network/mask-decoder";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { resnet50 } from "@/lib/science/network/resnet50";
import { readSafetensors } from "@/lib/science/network/safetensors";
import { toLayers } from "@/lib/science/network/to-layers";
import { toOnnx } from "@/lib/science/network/to-onnx";
import { phantomImage } from "../../support/phantom-image";

const base = path.resolve(import.meta.dirname, "../../../lib/engine/shipped/resnet50-lgg-base.safetensors");
const { tensors: weights } = readSafetensors(await readFile(base));
const image = Float32Array.from(phantomImage(), (value) => value / 255);

describe("one definition, two networks", () => {
  it("gives in tf.layers what it gives in ONNX, conv5 and features", async () => {
    const session = await ort.InferenceSession.create(toOnnx(resnet50(), weights, ["features", "conv5"]));
    const onnx = await session.run({ image: new ort.Tensor("float32", image, [1, 256, 256, 3]) });
    await session.release();

    const { tf } = await pickBackend();
    const model = toLayers(tf, resnet50(), weights);
    expect(model.countParams()).toBe(23_587_712);
    expect(model.trainableWeights).toEqual([]);
    const [conv5, features] = tf.tidy(() => {
      const output = model.predict(tf.tensor4d(image, [1, 256, 256, 3])) as ReturnType<typeof tf.tensor4d>;
      return [output.dataSync(), tf.avgPool(output, 4, 4, "valid").dataSync()];
    });
    model.dispose();

    expect(onnx.conv5!.dims).toEqual([1, 8, 8, 2048]);
    expect(relativeDifference(conv5!, onnx.conv5!.data as Float32Array)).toBeLessThan(1e-4);
    expect(relativeDifference(features!, onnx.features!.data as Float32Array)).toBeLessThan(1e-4);
  });

  it("frees in tf.layers all that it took when the model is disposed of", async () => {
    const { tf } = await pickBackend();
    const before = tf.memory().numTensors;
    toLayers(tf, resnet50().slice(0, 6), weights, { size: 64, trainable: true }).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses in words a step that tf.layers cannot do, and an output that is not in the network", async () => {
    const { tf } = await pickBackend();
    const all = [...resnet50(), ...maskDecoder()];
    expect(() => toLayers(tf, all, weights, { size: 64 })).toThrow("has no tf.layers counterpart");
    expect(() => toOnnx(resnet50(), weights, ["mask"])).toThrow("The network has no step decoder/out");
  });
});
