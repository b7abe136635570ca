import { NETWORK_INPUT, type NetworkNode } from "./network-node";

const STAGES = [
  { name: "conv2", width: 64, blocks: 3, stride: 1 },
  { name: "conv3", width: 128, blocks: 4, stride: 2 },
  { name: "conv4", width: 256, blocks: 6, stride: 2 },
  { name: "conv5", width: 512, blocks: 3, stride: 2 },
] as const;

/** Names of the stages' outputs: 64 x 64 x 256, 32 x 32 x 512, 16 x 16 x 1024 and 8 x 8 x 2048 of a 256 x 256 image. */
export const STAGE_OUTPUT = {
  conv2: "conv2_block3_out",
  conv3: "conv3_block4_out",
  conv4: "conv4_block6_out",
  conv5: "conv5_block3_out",
} as const;

/**
 * ResNet50 v1 without top, exactly as Keras-applications builds it (He et al. 2015, arXiv:1512.03385): a stage's
 * stride sits in its first 1 x 1 convolutions, convolutions have biases, batch normalization has epsilon 1.001e-5,
 * and layers carry Keras' names, so that Keras weights load by name. The only definition of it: the tf.layers model
 * and the ONNX graph are both made from this list, whose steps stand in the order in which they run.
 */
export function resnet50(): NetworkNode[] {
  const nodes: NetworkNode[] = [{ kind: "pad", name: "conv1_pad", input: NETWORK_INPUT, amount: 3 }];

  const convolve = (
    input: string,
    prefix: string,
    size: number,
    stride: number,
    widths: [number, number],
  ) => {
    const name = `${prefix}_conv`;
    const [inputs, outputs] = widths;
    // Only 3 x 3 convolutions are padded: the 7 x 7 has its own padding step, as in Keras.
    const padding = size === 3 ? "same" : "valid";
    nodes.push({ kind: "convolution", name, input, size, stride, padding, inputs, outputs, bias: true });
    const normalized = `${prefix}_bn`;
    nodes.push({ kind: "batchNorm", name: normalized, input: name, channels: outputs, epsilon: 1.001e-5 });
    return normalized;
  };
  const activate = (input: string, name: string) => {
    nodes.push({ kind: "relu", name, input });
    return name;
  };

  const stem = activate(convolve("conv1_pad", "conv1", 7, 2, [3, 64]), "conv1_relu");
  nodes.push({ kind: "pad", name: "pool1_pad", input: stem, amount: 1 });
  nodes.push({ kind: "maxPool", name: "pool1_pool", input: "pool1_pad", size: 3, stride: 2 });

  let last = "pool1_pool";
  let channels = 64;
  for (const stage of STAGES) {
    for (let block = 1; block <= stage.blocks; block++) {
      const prefix = `${stage.name}_block${block}`;
      const stride = block === 1 ? stage.stride : 1;
      const { width } = stage;
      const shortcut = block === 1 ? convolve(last, `${prefix}_0`, 1, stride, [channels, 4 * width]) : last;
      let branch = activate(convolve(last, `${prefix}_1`, 1, stride, [channels, width]), `${prefix}_1_relu`);
      branch = activate(convolve(branch, `${prefix}_2`, 3, 1, [width, width]), `${prefix}_2_relu`);
      branch = convolve(branch, `${prefix}_3`, 1, 1, [width, 4 * width]);
      nodes.push({ kind: "add", name: `${prefix}_add`, inputs: [shortcut, branch] });
      last = activate(`${prefix}_add`, `${prefix}_out`);
      channels = 4 * width;
    }
  }
  return nodes;
}
