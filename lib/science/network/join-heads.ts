import { checkHead, type DenseWeights, denseShape, type HeadWeights } from "./head";

/**
 * Several heads of one shape as a single head whose logits are the mean of theirs: the layers side by side, each head
 * reading its own values only. Exact but for the order of additions. Throws a `RangeError` for none, and for heads of
 * different shapes.
 *
 * Two heads of one layer, x -> 2 x and x -> 4 x, make x -> 3 x.
 */
export function joinHeads(heads: readonly HeadWeights[]): HeadWeights {
  const first = heads[0];
  if (!first) throw new RangeError("there is no head to join");
  for (const head of heads) checkHead(head);
  if (heads.length === 1) return first;
  const last = first.layers.length - 1;
  return {
    layers: first.layers.map((own, index) => {
      const layers = heads.map(({ layers }) => layers[index]);
      if (
        heads.some(({ layers }) => layers.length !== last + 1) ||
        layers.some(
          (layer) => layer!.kernel.length !== own.kernel.length || layer!.bias.length !== own.bias.length,
        )
      )
        throw new RangeError("only heads of one shape can be joined");
      return joinLayer(layers as DenseWeights[], {
        sharesInput: index === 0,
        isLast: index === last,
      });
    }),
  };
}

function joinLayer(
  layers: DenseWeights[],
  { sharesInput, isLast }: { sharesInput: boolean; isLast: boolean },
): DenseWeights {
  const { inputs, outputs } = denseShape(layers[0]!);
  const rows = sharesInput ? inputs : inputs * layers.length;
  const columns = isLast ? outputs : outputs * layers.length;
  const kernel = new Float32Array(rows * columns);
  const bias = new Float32Array(columns);
  const share = isLast ? 1 / layers.length : 1;
  for (const [index, layer] of layers.entries()) {
    const top = sharesInput ? 0 : index * inputs;
    const left = isLast ? 0 : index * outputs;
    for (let output = 0; output < outputs; output++) {
      bias[left + output]! += layer.bias[output]! * share;
      for (let input = 0; input < inputs; input++)
        kernel[(top + input) * columns + left + output]! += layer.kernel[input * outputs + output]! * share;
    }
  }
  return { kernel, bias };
}
