import { describe, expect, it } from "vitest";
import {
  CONV5_LENGTH,
  classActivation,
  marginGradient,
  poolConv5,
} from "@/lib/science/network/class-activation";
import { type HeadWeights, initialHead } from "@/lib/science/network/head";
import { normal, seededRandom } from "@/lib/science/training/random";

const conv5At = (cells: [row: number, column: number, channel: number, value: number][]) => {
  const conv5 = new Float32Array(CONV5_LENGTH);
  for (const [row, column, channel, value] of cells) conv5[(row * 8 + column) * 2048 + channel] = value;
  return conv5;
};

function drawn(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => normal(random));
}

/** The margin by plain arithmetic in double precision. */
function margin({ layers }: HeadWeights, features: ArrayLike<number>): number {
  let values = Float64Array.from(features);
  for (const [layer, { kernel, bias }] of layers.entries()) {
    const sums = Float64Array.from(bias);
    for (let input = 0; input < values.length; input++)
      for (let output = 0; output < sums.length; output++)
        sums[output]! += values[input]! * kernel[input * sums.length + output]!;
    values = layer < layers.length - 1 ? sums.map((sum) => Math.max(0, sum)) : sums;
  }
  return values[1]! - values[0]!;
}

const smallHead = (seed: number): HeadWeights => ({
  layers: [
    { kernel: drawn(5 * 7, seed), bias: drawn(7, seed + 1) },
    { kernel: drawn(7 * 6, seed + 2), bias: drawn(6, seed + 3) },
    { kernel: drawn(6 * 2, seed + 4), bias: drawn(2, seed + 5) },
  ],
});

describe("the margin's gradient", () => {
  it("is that of the docstring's head, on both sides of a relu", () => {
    const head = {
      layers: [
        { kernel: Float32Array.of(1, 1, -1, 1), bias: Float32Array.of(0, 0) },
        { kernel: Float32Array.of(0, 3, 0, -1), bias: Float32Array.of(5, 7) },
      ],
    };
    expect([...marginGradient(head, Float32Array.of(2, 1))]).toEqual([2, -4]);
    expect([...marginGradient(head, Float32Array.of(1, 2))]).toEqual([-1, -1]);
  });

  it("is what numeric differentiation of small heads finds", () => {
    let largest = 0;
    for (let seed = 0; seed < 200; seed += 10) {
      const head = smallHead(seed);
      const features = drawn(5, seed + 6);
      const gradient = marginGradient(head, features);
      for (let index = 0; index < 5; index++) {
        const moved = (by: number) => Float64Array.from(features, (f, at) => (at === index ? f + by : f));
        const numeric = (margin(head, moved(1e-6)) - margin(head, moved(-1e-6))) / 2e-6;
        expect(gradient[index]).toBeCloseTo(numeric, 5);
        largest = Math.max(largest, Math.abs(numeric));
      }
    }
    expect(largest).toBeGreaterThan(1); // not all relus were closed
  });

  it("without biases gives the whole margin back on a head of the product's size", () => {
    const head = initialHead(3);
    const features = drawn(8192, 4).map((value) => Math.max(0, value));
    const gradient = marginGradient(head, features);
    const sum = features.reduce((total, value, index) => total + value * gradient[index]!, 0);
    expect(Math.abs(margin(head, features))).toBeGreaterThan(0.1);
    expect(sum).toBeCloseTo(margin(head, features), 4);
  });

  it("is refused of features that the head does not read", () => {
    expect(() => marginGradient(smallHead(1), new Float32Array(4))).toThrow(
      "4 values of features instead of 5",
    );
  });
});

describe("class activation", () => {
  it("gives each cell its activation times a sixteenth of its pool's gradient, worked by hand", () => {
    // Pools row by row: cell (1, 2) is in the first, (3, 4) in the second, (7, 7) in the fourth.
    const conv5 = conv5At([
      [1, 2, 0, 16],
      [1, 2, 5, 8],
      [3, 4, 5, 32],
      [7, 7, 2047, 4],
    ]);
    const gradient = new Float32Array(8192);
    gradient[0] = 2; // first pool, channel 0
    gradient[5] = -1; // first pool, channel 5
    gradient[2048 + 5] = 0.5; // second pool, channel 5
    gradient[2 * 2048 + 5] = 100; // third pool: no activation there
    gradient[3 * 2048 + 2047] = -3; // fourth pool, channel 2047
    const expected = new Float32Array(64);
    expected[1 * 8 + 2] = (16 * 2 - 8) / 16;
    expected[3 * 8 + 4] = (32 * 0.5) / 16;
    expected[7 * 8 + 7] = (4 * -3) / 16;
    expect(classActivation(conv5, gradient)).toEqual(expected);
  });

  it("adds up to features times gradient", () => {
    const conv5 = drawn(CONV5_LENGTH, 8).map((value) => Math.max(0, value));
    const gradient = drawn(8192, 9);
    const cells = classActivation(conv5, gradient).reduce((sum, value) => sum + value, 0);
    const product = poolConv5(conv5).reduce((sum, value, index) => sum + value * gradient[index]!, 0);
    expect(Math.abs(product)).toBeGreaterThan(1);
    expect(cells).toBeCloseTo(product, 3);
  });

  it("is refused of other lengths", () => {
    const [conv5, gradient] = [new Float32Array(CONV5_LENGTH), new Float32Array(8192)];
    expect(() => classActivation(conv5.subarray(1), gradient)).toThrow("131071 values of conv5");
    expect(() => classActivation(conv5, gradient.subarray(1))).toThrow("8191 values of gradient");
    expect(() => poolConv5(gradient)).toThrow("8192 values of conv5");
  });
});

describe("pooled conv5", () => {
  it("is the mean of 4 x 4 cells, row, column, channel", () => {
    const pooled = poolConv5(
      conv5At([
        [0, 0, 1, 16],
        [3, 3, 1, 32],
        [3, 4, 1, 8],
        [4, 0, 2, 4],
      ]),
    );
    const expected = new Float32Array(8192);
    expected[1] = 3;
    expected[2048 + 1] = 0.5;
    expected[2 * 2048 + 2] = 0.25;
    expect(pooled).toEqual(expected);
  });
});
