import type * as tfjs from "@tensorflow/tfjs";
import { IMAGE_SIZE, NETWORK_INPUT, type NetworkNode } from "./network-node";
import { valuesOf, type Weights, weightShapes } from "./weights";

/**
 * The network as a tf.layers model: input `[N, size, size, 3]`, RGB / 255, output the last step's, for ResNet50
 * `[N, size / 32, size / 32, 2048]`. Layers have the steps' names; the weights are copied in and the model is not
 * trainable unless asked. Throws an `Error` where a weight is missing or a step has no tf.layers counterpart (the
 * mask decoder's upsampling: tf.layers has none with half-pixel centres).
 */
export function toLayers(
  tf: typeof tfjs,
  nodes: readonly NetworkNode[],
  weights: Weights,
  { size = IMAGE_SIZE, trainable = false }: { size?: number; trainable?: boolean } = {},
): tfjs.LayersModel {
  const input = tf.input({ shape: [size, size, 3], name: NETWORK_INPUT });
  const outputs = new Map<string, tfjs.SymbolicTensor>([[NETWORK_INPUT, input]]);
  const output = (name: string) => {
    const tensor = outputs.get(name);
    if (!tensor) throw new Error(`The network has no step ${name}`);
    return tensor;
  };
  for (const node of nodes) {
    const layer = toLayer(tf, node, trainable);
    const inputs = "input" in node ? output(node.input) : node.inputs.map(output);
    outputs.set(node.name, layer.apply(inputs) as tfjs.SymbolicTensor);
  }
  const model = tf.model({ inputs: input, outputs: output(nodes.at(-1)?.name ?? NETWORK_INPUT) });

  for (const node of nodes) {
    const shapes = weightShapes(node);
    if (shapes.length === 0) continue;
    const tensors = shapes.map(({ kind, shape }) =>
      tf.tensor(valuesOf(weights, `${node.name}/${kind}`), shape),
    );
    model.getLayer(node.name).setWeights(tensors);
    tf.dispose(tensors);
  }
  return model;
}

function toLayer(tf: typeof tfjs, node: NetworkNode, trainable: boolean): tfjs.layers.Layer {
  const { name } = node;
  switch (node.kind) {
    case "pad":
      return tf.layers.zeroPadding2d({ name, padding: node.amount, dataFormat: "channelsLast" });
    case "convolution":
      return tf.layers.conv2d({
        name,
        trainable,
        filters: node.outputs,
        kernelSize: node.size,
        strides: node.stride,
        padding: node.padding,
        useBias: node.bias,
        kernelInitializer: "zeros", // replaced at once; drawing 25 million random values would take seconds
      });
    case "batchNorm":
      return tf.layers.batchNormalization({
        name,
        trainable,
        axis: 3,
        epsilon: node.epsilon,
        momentum: 0.99,
      });
    case "relu":
      return tf.layers.reLU({ name });
    case "add":
      return tf.layers.add({ name });
    case "maxPool":
      return tf.layers.maxPooling2d({ name, poolSize: node.size, strides: node.stride });
    default:
      throw new Error(`The step ${name} (${node.kind}) has no tf.layers counterpart`);
  }
}
