import type { Tensor } from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import {
  type BatchGradients,
  batchGradients,
  type RunnableNetwork,
} from "@/lib/science/training/fine-tune/batch-gradients";
import { networkParts } from "@/lib/science/training/fine-tune/network-parts";
import { prepareBatch } from "@/lib/science/training/fine-tune/prepare-batch";
import { seededRandom } from "@/lib/science/training/random";
import { tinyNetwork, tinySlices, tinyWeights } from "../../../support/tiny-network";

const { tf } = await pickBackend();
const weights = tinyWeights();
const batch = await prepareBatch(tinySlices(5, 3), [0, 1, 2, 3, 4], tinyNetwork(), null);
const maskWeight = 0.7;

/** The tiny network with its made-up weights, of which one may be moved along a direction. */
function runnable(scope: "last-stage" | "all", moved?: { name: string; by: Float32Array }) {
  const network = tinyNetwork(scope);
  const tensors = new Map(
    [...weights].map(([name, { shape, values }]) => {
      const own = moved?.name === name ? values.map((value, index) => value + moved.by[index]!) : values;
      return [name, tf.tensor(own, [...shape]) as Tensor];
    }),
  );
  return {
    network: {
      ...network,
      parts: networkParts(network),
      weightOf: (name) => tensors.get(name)!,
    } satisfies RunnableNetwork,
    dispose: () => tf.dispose([...tensors.values()]),
  };
}

async function gradientsOf(
  scope: "last-stage" | "all",
  slicesAtOnce: number,
  moved?: { name: string; by: Float32Array },
) {
  const { network, dispose } = runnable(scope, moved);
  const result = await batchGradients(tf, network, batch, { maskWeight, slicesAtOnce });
  dispose();
  return result;
}

async function lossAt(name: string, by: Float32Array): Promise<number> {
  const { gradients, classLoss, maskLoss } = await gradientsOf("all", 5, { name, by });
  tf.dispose([...gradients.values()]);
  return classLoss + maskWeight * maskLoss;
}

const valuesOf = ({ gradients }: BatchGradients, name: string) =>
  gradients.get(name)!.dataSync() as Float32Array;
const lengthOf = (values: Float32Array) => Math.hypot(...values);
const along = (direction: Float32Array, by: number) => direction.map((value) => value * by);

describe("the gradients of a network", () => {
  it("are those that finite differences give, for every kernel, bias, gamma and beta", async () => {
    const result = await gradientsOf("all", 5);
    expect([...result.gradients.keys()]).toHaveLength(8 * 4 + 4);
    const random = seededRandom(11);
    for (const name of result.gradients.keys()) {
      const gradient = valuesOf(result, name);
      const length = lengthOf(gradient);
      // Along the gradient the slope is its length; along another direction it is their product.
      const drawn = gradient.map(() => random() - 0.5);
      for (const direction of [along(gradient, 1 / length), along(drawn, 1 / lengthOf(drawn))]) {
        const expected = gradient.reduce((sum, value, index) => sum + value * direction[index]!, 0);
        const h = 2e-3;
        const slope =
          ((await lossAt(name, along(direction, h))) - (await lossAt(name, along(direction, -h)))) / (2 * h);
        expect(Math.abs(slope - expected), `${name}: ${slope} and ${expected}`).toBeLessThan(
          2e-4 + 0.02 * length,
        );
      }
    }
    tf.dispose([...result.gradients.values()]);
  });

  it("do not depend on how many slices pass at once", async () => {
    const [whole, parts] = [await gradientsOf("all", 5), await gradientsOf("all", 2)];
    expect(parts.classLoss).toBeCloseTo(whole.classLoss, 5);
    expect(parts.maskLoss).toBeCloseTo(whole.maskLoss, 5);
    for (const name of whole.gradients.keys()) {
      const [one, other] = [valuesOf(whole, name), valuesOf(parts, name)];
      const difference = one.map((value, index) => value - other[index]!);
      expect(lengthOf(difference)).toBeLessThan(1e-5 * (1 + lengthOf(one)));
    }
    tf.dispose([...whole.gradients.values(), ...parts.gradients.values()]);
  });

  it("of the last stage are the same as in the whole network, and there are no others", async () => {
    const [all, last] = [await gradientsOf("all", 5), await gradientsOf("last-stage", 5)];
    expect([...last.gradients.keys()]).toEqual(
      [...all.gradients.keys()].filter((name) => /^(stage2|decoder|gap)/.test(name)),
    );
    for (const name of last.gradients.keys()) {
      const [one, other] = [valuesOf(all, name), valuesOf(last, name)];
      for (const [index, value] of one.entries()) expect(other[index]).toBeCloseTo(value, 5);
    }
    tf.dispose([...all.gradients.values(), ...last.gradients.values()]);
  });

  it("leave no tensor behind when they are stopped between passes", async () => {
    const { network, dispose } = runnable("all");
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    stop.abort(new Error("cancelled"));
    const running = batchGradients(tf, network, batch, {
      maskWeight,
      slicesAtOnce: 2,
      signal: stop.signal,
    });
    await expect(running).rejects.toThrow("cancelled");
    const after = batchGradients(tf, network, batch, { maskWeight, slicesAtOnce: 2 });
    tf.dispose([...(await after).gradients.values()]);
    expect(tf.memory().numTensors).toBe(before);
    dispose();
  });
});
