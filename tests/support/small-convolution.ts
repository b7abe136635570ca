import { OnnxGraph } from "@/lib/science/network/onnx-graph";

/**
 * y = a 1 x 1 convolution of x = its input `[1, 2, 1, 1]`, with numbers that int8 holds exactly:
 * y0 = 1.27 x0 - 0.64 x1 + 0.1, y1 = 0.254 x0 + 0.1 x1 - 0.2.
 */
export function smallConvolution(): Uint8Array {
  const graph = new OnnxGraph("small");
  const kernel = graph.constant("kernel", [2, 2, 1, 1], Float32Array.of(1.27, -0.64, 0.254, 0.1));
  const bias = graph.constant("bias", [2], Float32Array.of(0.1, -0.2));
  graph.add("Identity", ["image"], "x");
  graph.add("Conv", ["x", kernel, bias], "y", { kernel_shape: [1, 1] });
  return graph.write({ image: ["N", 2, 1, 1] }, { y: ["N", 2, 1, 1] });
}
