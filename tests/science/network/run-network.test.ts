import { readFile } from "node:fs/promises";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { maskDecoder } from "@/lib/science/network/mask-decoder";
import { NETWORK_INPUT, type NetworkNode } from "@/lib/science/network/network-node";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { resnet50 } from "@/lib/science/network/resnet50";
import { runNetwork } from "@/lib/science/network/run-network";
import { readSafetensors } from "@/lib/science/network/safetensors";
import { toOnnx } from "@/lib/science/network/to-onnx";
import { phantomImage } from "../../support/phantom-image";

const { tf } = await pickBackend();
const base = path.resolve(import.meta.dirname, "../../../lib/engine/shipped/resnet50-lgg-base.safetensors");

describe("the network run step by step", () => {
  it("gives what its ONNX graph gives: conv5, mask and class score, and frees the rest", async () => {
    const { tensors: weights } = readSafetensors(await readFile(base));
    const nodes = [...resnet50(), ...maskDecoder()];
    const image = Float32Array.from(phantomImage(), (value) => value / 255);
    const session = await ort.InferenceSession.create(toOnnx(nodes, weights, ["conv5", "mask", "gap"]));
    const onnx = await session.run({ image: new ort.Tensor("float32", image, [1, 256, 256, 3]) });
    await session.release();

    const tensors = new Map(
      [...weights].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]),
    );
    const input = tf.tensor4d(image, [1, 256, 256, 3]);
    const before = tf.memory().numTensors;
    const wanted = ["conv5_block3_out", "decoder/out", "gap"];
    const outputs = runNetwork(tf, nodes, (name) => tensors.get(name)!, {
      given: new Map([[NETWORK_INPUT, input]]),
      wanted,
      frees: true,
    });
    expect(tf.memory().numTensors).toBe(before + wanted.length);
    for (const [index, name] of (["conv5", "mask", "gap"] as const).entries()) {
      const own = outputs.get(wanted[index]!)!.dataSync() as Float32Array;
      expect(relativeDifference(own, onnx[name]!.data as Float32Array), name).toBeLessThan(1e-5);
    }
    tf.dispose([...outputs.values(), ...tensors.values(), input]);
  });

  it("doubles a grid bilinearly with half-pixel centres", () => {
    const nodes: NetworkNode[] = [{ kind: "upsample", name: "up", input: NETWORK_INPUT }];
    const given = new Map([[NETWORK_INPUT, tf.tensor4d([0, 4, 8, 12], [1, 2, 2, 1])]]);
    const up = tf.tidy(() => runNetwork(tf, nodes, () => tf.scalar(0), { given, wanted: ["up"] }).get("up")!);
    expect(up.shape).toEqual([1, 4, 4, 1]);
    // Rows and columns lie a quarter and three quarters of the way between the two values, the border repeated.
    expect(Array.from(up.dataSync())).toEqual([0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12]);
    tf.dispose([up, ...given.values()]);
  });

  it("refuses in words a step that reads a convolution before its normalization", () => {
    const nodes: NetworkNode[] = [
      {
        kind: "convolution",
        name: "c",
        input: NETWORK_INPUT,
        size: 1,
        stride: 1,
        padding: "valid",
        inputs: 1,
        outputs: 1,
        bias: false,
      },
      { kind: "batchNorm", name: "n", input: "c", channels: 1, epsilon: 1e-3 },
      { kind: "relu", name: "r", input: "c" },
    ];
    expect(() => runNetwork(tf, nodes, () => tf.scalar(0), { given: new Map(), wanted: ["r"] })).toThrow(
      "The step r reads c before its normalization",
    );
  });
});
