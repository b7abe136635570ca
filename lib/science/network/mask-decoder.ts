import type { NetworkNode } from "./network-node";
import { STAGE_OUTPUT } from "./resnet50";

/** Rows and columns of the mask logits. */
export const MASK_SIZE = 64;

/** The step whose output is the mask's logits, `[N, 64, 64, 1]`. */
export const MASK_OUTPUT = "decoder/out";

/** The step whose output is the base's own class score, a logit, `[N]`. */
export const CLASS_OUTPUT = "gap";

/**
 * What the base network carries beside ResNet50: a small feature pyramid (after Lin et al. 2017, arXiv:1612.03144)
 * that turns the four stages' outputs into mask logits at a quarter of the image's size, and one logistic unit on
 * globally averaged conv5. Follows `resnet50()` and reads its stage outputs.
 */
export function maskDecoder(): NetworkNode[] {
  const nodes: NetworkNode[] = [];
  const project = (stage: keyof typeof STAGE_OUTPUT, name: string, inputs: number, outputs: number) => {
    const step = { kind: "convolution", name: `decoder/${name}`, input: STAGE_OUTPUT[stage] } as const;
    nodes.push({ ...step, size: 1, stride: 1, padding: "valid", inputs, outputs, bias: true });
    return step.name;
  };
  const merge = (coarse: string, fine: string, name: string, inputs: number, outputs: number) => {
    const prefix: string = `decoder/${name}`;
    const convolution = { kind: "convolution", size: 3, stride: 1, padding: "same", bias: false } as const;
    nodes.push({ kind: "upsample", name: `${prefix}/up`, input: coarse });
    nodes.push({ kind: "concat", name: `${prefix}/concat`, inputs: [`${prefix}/up`, fine] });
    nodes.push({ ...convolution, name: `${prefix}/conv`, input: `${prefix}/concat`, inputs, outputs });
    nodes.push({
      kind: "batchNorm",
      name: `${prefix}/bn`,
      input: `${prefix}/conv`,
      channels: outputs,
      epsilon: 1e-5,
    });
    nodes.push({ kind: "relu", name: `${prefix}/relu`, input: `${prefix}/bn` });
    return `${prefix}/relu`;
  };

  let last: string = project("conv5", "l5", 2048, 128);
  last = merge(last, project("conv4", "l4", 1024, 128), "d4", 128 + 128, 128);
  last = merge(last, project("conv3", "l3", 512, 96), "d3", 128 + 96, 96);
  last = merge(last, project("conv2", "l2", 256, 64), "d2", 96 + 64, 64);
  const out = { kind: "convolution", name: MASK_OUTPUT, input: last, size: 1, stride: 1 } as const;
  nodes.push({ ...out, padding: "valid", inputs: 64, outputs: 1, bias: true });

  nodes.push({ kind: "logitOfMean", name: CLASS_OUTPUT, input: STAGE_OUTPUT.conv5, channels: 2048 });
  return nodes;
}
