import { describe, expect, it } from "vitest";
import type { HeadWeights } from "@/lib/science/network/head";
import { joinHeads } from "@/lib/science/network/join-heads";

/** Kernels row by row, `[inputs, outputs]`. */
const head = (...layers: [kernel: number[], bias: number[]][]): HeadWeights => ({
  layers: layers.map(([kernel, bias]) => ({
    kernel: Float32Array.from(kernel),
    bias: Float32Array.from(bias),
  })),
});

function logits({ layers }: HeadWeights, inputs: number[]): number[] {
  return layers.reduce((values, { kernel, bias }, layer) => {
    const sums = [...bias].map(
      (own, output) =>
        own + values.reduce((sum, value, input) => sum + value * kernel[input * bias.length + output]!, 0),
    );
    return layer < layers.length - 1 ? sums.map((sum) => Math.max(0, sum)) : sums;
  }, inputs);
}

describe("joined heads", () => {
  it("of one layer have the mean of its kernels and biases", () => {
    const joined = joinHeads([
      head([
        [2, 0],
        [1, 1],
      ]),
      head([
        [4, 2],
        [3, -1],
      ]),
    ]);
    expect([...joined.layers[0]!.kernel]).toEqual([3, 1]);
    expect([...joined.layers[0]!.bias]).toEqual([2, 0]);
  });

  it("stand side by side in the hidden layers, each reading its own values", () => {
    const one = head(
      [[1, 2], [0]],
      [
        [1, 0],
        [0, 0],
      ],
    );
    const other = head(
      [[3, -4], [1]],
      [
        [0, 1],
        [0, 2],
      ],
    );
    const joined = joinHeads([one, other]);
    // Two inputs to two hidden values: column by column the heads' own.
    expect([...joined.layers[0]!.kernel]).toEqual([1, 3, 2, -4]);
    expect([...joined.layers[0]!.bias]).toEqual([0, 1]);
    expect([...joined.layers[1]!.kernel]).toEqual([0.5, 0, 0, 0.5]);
    expect([...joined.layers[1]!.bias]).toEqual([0, 1]);
    // At (1, 0.5): hidden 2 and 2; logits (2, 0) and (0, 4); their mean is (1, 2).
    expect(logits(joined, [1, 0.5])).toEqual([1, 2]);
  });

  it("of three layers give the mean of their logits", () => {
    const one = head(
      [
        [1, -1],
        [0, 0],
      ],
      [
        [1, 2, 3, 4],
        [0, 1],
      ],
      [
        [1, 0, 0, 1],
        [0, 0],
      ],
    );
    const other = head(
      [
        [2, 1],
        [1, 0],
      ],
      [
        [0, 1, 1, 0],
        [0, 0],
      ],
      [
        [1, 1, 2, 0],
        [1, 0],
      ],
    );
    for (const x of [-2, 0.5, 3]) {
      const [a, b] = [logits(one, [x]), logits(other, [x])];
      expect(logits(joinHeads([one, other]), [x])).toEqual(a.map((value, at) => (value + b[at]!) / 2));
    }
  });

  it("alone are themselves; none, or other shapes, are refused", () => {
    const one = head([
      [1, 2],
      [0, 0],
    ]);
    expect(joinHeads([one])).toBe(one);
    expect(() => joinHeads([])).toThrow("no head");
    expect(() =>
      joinHeads([
        one,
        head([
          [1, 2, 3, 4],
          [0, 0],
        ]),
      ]),
    ).toThrow("one shape");
    expect(() =>
      joinHeads([
        one,
        head(
          [
            [1, 2],
            [0, 0],
          ],
          [
            [1, 0, 0, 1],
            [0, 0],
          ],
        ),
      ]),
    ).toThrow("one shape");
  });
});
