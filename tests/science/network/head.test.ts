import { describe, expect, it } from "vitest";
import { checkHead, HEAD, initialHead } from "@/lib/science/network/head";

const deviation = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** A head of two small layers. */
const small = {
  layers: [
    { kernel: Float32Array.of(0.1, -0.2, 0.3, 1 / 3, 5, 6), bias: Float32Array.of(0.1, 0.2) },
    { kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(-0.1, 1e-9) },
  ],
};

describe("a head before its first fit", () => {
  it("is the same for the same seed and another for another", () => {
    const bytes = (seed: number) =>
      Buffer.concat(initialHead(seed).layers.map(({ kernel }) => Buffer.from(kernel.buffer)));
    expect(bytes(7).equals(bytes(7))).toBe(true);
    expect(initialHead(7).layers[3]).not.toEqual(initialHead(8).layers[3]);
  });

  it("has the widths of its definition, the deviations of He and Glorot, and no bias", () => {
    const { layers } = initialHead(1);
    expect(layers.map(({ kernel, bias }) => [kernel.length, bias.length])).toEqual([
      [8192 * 256, 256],
      [256 * 256, 256],
      [256 * 256, 256],
      [256 * 2, 2],
    ]);
    for (const index of [0, 1, 2]) {
      const { kernel } = layers[index]!;
      const expected = Math.sqrt(2 / HEAD.widths[index]!);
      expect(deviation(kernel) / expected).toBeCloseTo(1, 1);
      const farthest = kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(farthest).toBeLessThanOrEqual((2 * expected) / 0.8796);
    }
    const limit = Math.sqrt(6 / 258);
    const last = layers[3]!.kernel;
    expect(last.every((value) => Math.abs(value) <= limit)).toBe(true);
    expect(deviation(last) / (limit / Math.sqrt(3))).toBeCloseTo(1, 1);
    expect(layers.every(({ bias }) => bias.every((value) => value === 0))).toBe(true);
  });

  it("is refused in words where its layers do not fit each other", () => {
    const [first, second] = small.layers as [(typeof small.layers)[0], (typeof small.layers)[0]];
    expect(() => checkHead(small)).not.toThrow();
    expect(() => checkHead({ layers: [] })).toThrow("at least one layer");
    expect(() => checkHead({ layers: [first, first] })).toThrow("layer 2 reads 3 values, layer 1 gives 2");
    expect(() => checkHead({ layers: [{ ...second, bias: new Float32Array(3) }] })).toThrow(
      "does not fit a bias of 3",
    );
    expect(() => checkHead({ layers: [{ kernel: new Float32Array(3), bias: new Float32Array(1) }] })).toThrow(
      "gives 1 values instead of 2",
    );
  });
});
