import { NETWORK_INPUT, type NetworkNode } from "@/lib/science/network/network-node";
import type { FineTuneNetwork } from "@/lib/science/training/fine-tune/network-parts";
import type { FineTuneSet } from "@/lib/science/training/fine-tune/prepare-batch";
import { seededRandom } from "@/lib/science/training/random";
import { madeUpWeights } from "./made-up-weights";

const size = 32;

/**
 * The base in small: a stem with pooling, two residual stages, a decoder that upsamples the coarse one and concatenates
 * both, and a class logit. A 32 x 32 image gives an 8 x 8 mask. `learns` as the base: all of it, or `stage2` and the decoder.
 */
export function tinyNetwork(scope: "last-stage" | "all" = "all"): FineTuneNetwork {
  const nodes: NetworkNode[] = [{ kind: "pad", name: "pad", input: NETWORK_INPUT, amount: 1 }];
  const convolve = (name: string, input: string, size: number, stride: number, widths: [number, number]) => {
    const [inputs, outputs] = widths;
    const padding = size === 3 && stride === 1 ? "same" : "valid";
    nodes.push({
      kind: "convolution",
      name: `${name}_conv`,
      input,
      size,
      stride,
      padding,
      inputs,
      outputs,
      bias: true,
    });
    nodes.push({
      kind: "batchNorm",
      name: `${name}_bn`,
      input: `${name}_conv`,
      channels: outputs,
      epsilon: 1e-3,
    });
    return `${name}_bn`;
  };
  const relu = (input: string, name: string) => {
    nodes.push({ kind: "relu", name, input });
    return name;
  };
  const stem = relu(convolve("stem", "pad", 3, 2, [3, 4]), "stem_relu");
  nodes.push({ kind: "pad", name: "pool_pad", input: stem, amount: 1 });
  nodes.push({ kind: "maxPool", name: "pool", input: "pool_pad", size: 3, stride: 2 });
  const block = (name: string, input: string, stride: number, [inputs, outputs]: [number, number]) => {
    const shortcut = convolve(`${name}_0`, input, 1, stride, [inputs, outputs]);
    const first = relu(convolve(`${name}_1`, input, 1, stride, [inputs, 4]), `${name}_1_relu`);
    const branch = convolve(`${name}_2`, first, 3, 1, [4, outputs]);
    nodes.push({ kind: "add", name: `${name}_add`, inputs: [shortcut, branch] });
    return relu(`${name}_add`, `${name}_out`);
  };
  const fine = block("stage1", "pool", 1, [4, 6]);
  const coarse = block("stage2", fine, 2, [6, 8]);
  nodes.push({ kind: "upsample", name: "decoder/up", input: coarse });
  nodes.push({ kind: "concat", name: "decoder/concat", inputs: ["decoder/up", fine] });
  const merged = relu(convolve("decoder/d", "decoder/concat", 3, 1, [14, 5]), "decoder/relu");
  const out = { kind: "convolution", name: "decoder/out", input: merged, size: 1, stride: 1 } as const;
  nodes.push({ ...out, padding: "valid", inputs: 5, outputs: 1, bias: true });
  nodes.push({ kind: "logitOfMean", name: "gap", input: coarse, channels: 8 });
  return {
    nodes,
    size,
    classOutput: "gap",
    maskOutput: "decoder/out",
    maskSize: 8,
    learns: scope === "all" ? () => true : (step) => /^(stage2|decoder\/|gap)/.test(step),
  };
}

/** Weights for it, all different. */
export const tinyWeights = () => madeUpWeights(tinyNetwork().nodes);

/** Noise with a brighter square in every second slice; every fifth states no mask. */
export function tinySlices(length: number, seed: number): FineTuneSet {
  const random = seededRandom(seed);
  const slices = Array.from({ length }, (_, index) => {
    const truth = index % 2 === 0 ? (1 as const) : (0 as const);
    const pixels = Uint8Array.from({ length: size * size * 3 }, () => 40 + Math.floor(90 * random()));
    const mask = new Uint8Array(size * size);
    const [top, left] = [4 + Math.floor(12 * random()), 4 + Math.floor(12 * random())];
    if (truth)
      for (let row = top; row < top + 10; row++)
        for (let column = left; column < left + 10; column++) {
          mask[row * size + column] = 1;
          pixels[(row * size + column) * 3 + 1]! += 110;
        }
    return { pixels, truth, mask: index % 5 === 4 ? null : mask };
  });
  return { length, slice: async (index) => slices[index]! };
}
