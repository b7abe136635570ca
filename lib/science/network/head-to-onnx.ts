import { checkHead, denseShape, type HeadWeights } from "./head";
import { OnnxGraph } from "./onnx-graph";

/**
 * A head as an ONNX model: input `features` `[N, 8192]`, output `logits` `[N, 2]` (no tumor, tumor), before the
 * softmax; dropout plays no part in it. Throws a `RangeError` where layers do not fit each other.
 */
export function headToOnnx(head: HeadWeights): Uint8Array {
  checkHead(head);
  const graph = new OnnxGraph("head");
  let last = "features";
  head.layers.forEach((layer, index) => {
    const { inputs, outputs } = denseShape(layer);
    const isLast = index === head.layers.length - 1;
    const kernel = graph.constant(`dense${index}/kernel`, [inputs, outputs], layer.kernel);
    const bias = graph.constant(`dense${index}/bias`, [outputs], layer.bias);
    last = graph.add("Gemm", [last, kernel, bias], isLast ? "logits" : `dense${index}`);
    if (!isLast) last = graph.add("Relu", [last], `dense${index}/relu`);
  });
  const first = denseShape(head.layers[0]!);
  const outputs = denseShape(head.layers.at(-1)!).outputs;
  return graph.write({ features: ["N", first.inputs] }, { logits: ["N", outputs] });
}
