import type { NetworkNode } from "./network-node";

/** Values of one weight, row by row in `shape`. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Weights by name, `<step>/<kind>`: `conv1_conv/kernel`, `conv1_bn/moving_mean`. Kernels of convolutions are HWIO,
 * those of dense layers `[inputs, outputs]`.
 */
export type Weights = ReadonlyMap<string, Weight>;

/** The weights of one step in Keras' order, with their shapes; empty for a step without weights. */
export function weightShapes(node: NetworkNode): { kind: string; shape: number[] }[] {
  switch (node.kind) {
    case "convolution": {
      const kernel = { kind: "kernel", shape: [node.size, node.size, node.inputs, node.outputs] };
      return node.bias ? [kernel, { kind: "bias", shape: [node.outputs] }] : [kernel];
    }
    case "batchNorm":
      return ["gamma", "beta", "moving_mean", "moving_variance"].map((kind) => ({
        kind,
        shape: [node.channels],
      }));
    case "logitOfMean":
      return [
        { kind: "kernel", shape: [node.channels, 1] },
        { kind: "bias", shape: [1] },
      ];
    default:
      return [];
  }
}

/**
 * Holds weights against a network's definition. Throws an `Error` that names every difference (the first five in
 * full): a weight that is missing, one that the network does not have, one of another shape, one that is not finite.
 */
export function checkWeights(weights: Weights, nodes: readonly NetworkNode[]): void {
  const faults: string[] = [];
  const known = new Set<string>();
  for (const node of nodes) {
    for (const { kind, shape } of weightShapes(node)) {
      const name = `${node.name}/${kind}`;
      known.add(name);
      const weight = weights.get(name);
      if (!weight) faults.push(`${name} is missing`);
      else if (weight.shape.join() !== shape.join())
        faults.push(`${name} has shape [${weight.shape.join(", ")}] instead of [${shape.join(", ")}]`);
      else if (weight.values.length !== shape.reduce((product, length) => product * length, 1))
        faults.push(`${name} has ${weight.values.length} values, which is not its shape`);
      else if (!weight.values.every(Number.isFinite)) faults.push(`${name} has a value that is not finite`);
    }
  }
  for (const name of weights.keys()) if (!known.has(name)) faults.push(`${name} is not in the network`);
  if (faults.length === 0) return;
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : "";
  throw new Error(`The weights do not fit the network: ${faults.slice(0, 5).join("; ")}${more}`);
}

/** Values of a weight that `checkWeights` has seen. Throws an `Error` where it is missing. */
export function valuesOf(weights: Weights, name: string): Float32Array {
  const weight = weights.get(name);
  if (!weight) throw new Error(`The weight ${name} is missing`);
  return weight.values;
}
