import { describe, expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { transposeBeforeMatMul } from "@/lib/engine/tensors/transpose-before-mat-mul";

/** Deterministic values in [-1, 1). */
const values = (count: number, seed: number) =>
  Float32Array.from(
    { length: count },
    (_, index) => ((Math.imul(index + seed, 2654435761) >>> 8) % 2000) / 1000 - 1,
  );

describe("the backend", () => {
  it("is the first in order that works here, with a reason for each before it", async () => {
    const { tf, name, version, considered } = await pickBackend();
    const order = ["tfjs-node-gpu", "tfjs-node", "webgpu", "wasm"];
    expect(considered.map((candidate) => candidate.name)).toEqual(order.slice(0, considered.length));
    expect(considered.map(({ taken }) => taken).lastIndexOf(true)).toBe(considered.length - 1);
    expect(considered.filter(({ taken }) => taken)).toHaveLength(1);
    expect(considered.at(-1)!.name).toBe(name);
    for (const { reason } of considered) expect(reason).toMatch(/^[^/\n]{5,}$/);
    expect(tf.getBackend()).not.toBe("cpu");
    expect(version).toBe("4.22.0");
    expect(tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]).toBe(11);
  });

  it("is picked once in a process", async () => {
    expect(await pickBackend()).toBe(await pickBackend());
  });
});

describe("the patched matrix product of WebAssembly", async () => {
  const { tf, name } = await pickBackend();
  const isWasm = name === "wasm";
  if (!isWasm) console.warn(`skipped: the backend here is ${name}`);

  it.skipIf(!isWasm).each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("gives the numbers of the sum by hand, transposed %s and %s", (transposeA, transposeB) => {
    const [batches, rows, inner, columns] = [2, 5, 67, 3];
    const a = values(batches * rows * inner, 1);
    const b = values(batches * inner * columns, 2);
    const expected = new Float32Array(batches * rows * columns);
    for (let batch = 0; batch < batches; batch++)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          for (let k = 0; k < inner; k++)
            expected[(batch * rows + row) * columns + column]! +=
              a[batch * rows * inner + (transposeA ? k * rows + row : row * inner + k)]! *
              b[batch * inner * columns + (transposeB ? column * inner + k : k * columns + column)]!;

    const before = tf.backend().numDataIds();
    const actual = tf.tidy(() =>
      tf
        .matMul(
          tf.tensor3d(a, transposeA ? [batches, inner, rows] : [batches, rows, inner]),
          tf.tensor3d(b, transposeB ? [batches, columns, inner] : [batches, inner, columns]),
          transposeA,
          transposeB,
        )
        .dataSync(),
    );
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 4);
    expect(tf.backend().numDataIds()).toBe(before);
  });

  it.skipIf(!isWasm)("gives a dense layer the gradients of the formula", () => {
    const x = tf.tensor2d(values(4 * 9, 3), [4, 9]);
    const kernel = tf.tensor2d(values(9 * 2, 4), [9, 2]);
    const [dx, dKernel] = tf.grads((...[input, weights]) => tf.matMul(input!, weights!))([x, kernel]);
    const ones = tf.ones([4, 2]) as typeof x;
    // d/dW sum(xW) = x' 1: every column holds x's column sums; d/dx = 1 W': every row holds W's row sums.
    expect(tf.max(tf.abs(tf.sub(dKernel!, tf.matMul(tf.transpose(x), ones)))).dataSync()[0]).toBeLessThan(
      1e-5,
    );
    expect(tf.max(tf.abs(tf.sub(dx!, tf.matMul(ones, tf.transpose(kernel))))).dataSync()[0]).toBeLessThan(
      1e-5,
    );
    tf.dispose([x, kernel, dx!, dKernel!, ones]);
  });

  it.skipIf(!isWasm)("is put in once, however often it is asked for", () => {
    const product = tf.getKernel("BatchMatMul", "wasm");
    transposeBeforeMatMul(tf);
    expect(tf.getKernel("BatchMatMul", "wasm")).toBe(product);
  });
});
