import { describe, expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { addConvolutionGradients } from "@/lib/engine/tensors/convolution-gradients";

/** Deterministic values in [-1, 1). */
const values = (count: number, seed: number) =>
  Float32Array.from(
    { length: count },
    (_, index) => ((Math.imul(index + seed, 2654435761) >>> 8) % 2000) / 1000 - 1,
  );

/** The kernels, strides and paddings of the backbone and its decoder, and an image that a stride does not divide. */
const cases = [
  { kernel: 1, stride: 1, padding: "valid", side: 5 },
  { kernel: 1, stride: 2, padding: "valid", side: 6 },
  { kernel: 1, stride: 2, padding: "valid", side: 7 },
  { kernel: 3, stride: 1, padding: "same", side: 5 },
  { kernel: 3, stride: 2, padding: "same", side: 6 },
  { kernel: 7, stride: 2, padding: "valid", side: 14 },
] as const;

describe("the gradients of a convolution on WebAssembly", async () => {
  const { tf, name } = await pickBackend();
  const isWasm = name === "wasm";
  if (!isWasm) console.warn(`skipped: the backend here is ${name}`);

  it.skipIf(!isWasm).each(cases)(
    "are the sums by hand: $kernel x $kernel, stride $stride, $padding, $side pixels",
    ({ kernel, stride, padding, side }) => {
      const [batch, inputs, outputs] = [2, 3, 4];
      const x = values(batch * side * side * inputs, 1);
      const w = values(kernel * kernel * inputs * outputs, 2);
      const out = padding === "same" ? Math.ceil(side / stride) : Math.floor((side - kernel) / stride) + 1;
      const before = padding === "same" ? Math.floor(Math.max(0, (out - 1) * stride + kernel - side) / 2) : 0;
      const dy = values(batch * out * out * outputs, 3);
      const dx = new Float32Array(x.length);
      const dw = new Float32Array(w.length);
      for (let n = 0; n < batch; n++)
        for (let row = 0; row < out; row++)
          for (let column = 0; column < out; column++)
            for (let i = 0; i < kernel; i++)
              for (let j = 0; j < kernel; j++) {
                const [y, z] = [row * stride + i - before, column * stride + j - before];
                if (y < 0 || z < 0 || y >= side || z >= side) continue;
                for (let c = 0; c < inputs; c++)
                  for (let o = 0; o < outputs; o++) {
                    const at = ((n * side + y) * side + z) * inputs + c;
                    const tap = ((i * kernel + j) * inputs + c) * outputs + o;
                    const slope = dy[((n * out + row) * out + column) * outputs + o]!;
                    dx[at]! += slope * w[tap]!;
                    dw[tap]! += slope * x[at]!;
                  }
              }

      const tensors = tf.memory().numTensors;
      const data = tf.backend().numDataIds();
      const [gx, gw] = tf.tidy(() => {
        const convolve = (image: unknown, filter: unknown) =>
          tf.conv2d(image as ReturnType<typeof tf.tensor4d>, filter as never, stride, padding);
        const gradients = tf.grads(convolve)(
          [tf.tensor4d(x, [batch, side, side, inputs]), tf.tensor4d(w, [kernel, kernel, inputs, outputs])],
          tf.tensor4d(dy, [batch, out, out, outputs]),
        );
        return gradients.map((gradient) => gradient.dataSync());
      }) as unknown as [Float32Array, Float32Array];
      for (const [index, value] of dx.entries()) expect(gx[index]).toBeCloseTo(value, 4);
      for (const [index, value] of dw.entries()) expect(gw[index]).toBeCloseTo(value, 4);
      expect(tf.memory().numTensors).toBe(tensors);
      expect(tf.backend().numDataIds()).toBe(data);
    },
  );

  it.skipIf(!isWasm)("are put in once, however often it is asked for", () => {
    const kernel = tf.getKernel("Conv2DBackpropInput", "wasm");
    addConvolutionGradients(tf);
    expect(tf.getKernel("Conv2DBackpropInput", "wasm")).toBe(kernel);
  });
});
