import type { NetworkNode } from "@/lib/science/network/network-node";
import { type Weight, weightShapes } from "@/lib/science/network/weights";

/** Small weights for any network, all different, the same each time; variances are positive. */
export function madeUpWeights(nodes: readonly NetworkNode[]): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  let state = 1;
  for (const node of nodes) {
    for (const { kind, shape } of weightShapes(node)) {
      const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
      const offset = kind === "moving_variance" || kind === "gamma" ? 1 : 0;
      const width = kind === "kernel" ? 3 / Math.sqrt(values.length / shape.at(-1)!) : 0.2;
      for (let index = 0; index < values.length; index++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' linear congruential generator
        values[index] = offset + width * (state / 2 ** 32 - 0.5);
      }
      weights.set(`${node.name}/${kind}`, { shape, values });
    }
  }
  return weights;
}
