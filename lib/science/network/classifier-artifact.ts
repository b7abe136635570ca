import type { LogisticWeights } from "../training/fit-logistic";
import { floatToHalf, halfToFloat } from "./half";
import { checkHead, type DenseWeights, denseShape, type HeadWeights } from "./head";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors";
import { evidenceNames } from "./study-evidence";

/** What joins the heads, the base and the neighbours to one margin: a weight for each column of a study's evidence. */
export interface JoinWeights extends LogisticWeights {
  /** Columns of `studyEvidence` in order. */
  names: readonly string[];
}

/** All that a model adds to its base. */
export interface ClassifierWeights {
  /** At least one; their margins are averaged. */
  heads: readonly HeadWeights[];
  /** Null for a model that judges each slice by its heads alone. */
  join: JoinWeights | null;
}

/** Named in an artifact's metadata, so that other safetensors files are refused. */
const FORMAT = "sulcus-classifier-v2";
/** One head without a join: what earlier versions of the product wrote. */
const HEAD_FORMAT = "sulcus-head-v1";

/**
 * The weights as their artifact will store them: head kernels rounded to half precision, the join's to single.
 * Figures are to be measured on these, so that they belong to the model that is stored.
 */
export function roundHead(head: HeadWeights): HeadWeights {
  return {
    layers: head.layers.map(({ kernel, bias }) => ({
      kernel: halfToFloat(floatToHalf(kernel)),
      bias: bias.slice(),
    })),
  };
}

export function roundJoin({ names, weights, bias }: JoinWeights): JoinWeights {
  return { names, weights: weights.map(Math.fround), bias: Math.fround(bias) };
}

/**
 * A safetensors file: float16 kernels `head<k>/dense<i>/kernel` `[inputs, outputs]`, float32 biases,
 * `join/weights` `[columns]` and `join/bias` `[1]`; `metadata` and the columns' names beside them. The same input
 * gives the same bytes. Throws a `RangeError` for layers that do not fit each other or a kernel value beyond half
 * precision's range.
 */
export function encodeClassifier(
  { heads, join }: ClassifierWeights,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  if (heads.length === 0) throw new RangeError("a classifier has at least one head");
  const tensors = new Map<string, StoredTensor>();
  for (const [number, head] of heads.entries()) {
    checkHead(head);
    for (const [index, layer] of head.layers.entries()) {
      const { inputs, outputs } = denseShape(layer);
      if (!halfToFloat(floatToHalf(layer.kernel)).every(Number.isFinite))
        throw new RangeError(`layer ${index + 1} has a value that half precision cannot hold`);
      const name = `head${number}/dense${index}`;
      tensors.set(`${name}/kernel`, { dtype: "F16", shape: [inputs, outputs], values: layer.kernel });
      tensors.set(`${name}/bias`, { dtype: "F32", shape: [outputs], values: layer.bias });
    }
  }
  if (join) {
    tensors.set("join/weights", {
      dtype: "F32",
      shape: [join.weights.length],
      values: Float32Array.from(join.weights),
    });
    tensors.set("join/bias", { dtype: "F32", shape: [1], values: Float32Array.of(join.bias) });
  }
  return writeSafetensors(tensors, {
    ...metadata,
    format: FORMAT,
    ...(join && { columns: join.names.join(" ") }),
  });
}

/**
 * Reads what `encodeClassifier` wrote, and the single heads of earlier versions. Throws an `Error` in words for a
 * file that is broken, is not a classifier, or whose layers or columns do not fit.
 */
export function decodeClassifier(bytes: Uint8Array): ClassifierWeights {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format === HEAD_FORMAT) return { heads: [readHead(tensors, "")], join: null };
  if (metadata.format !== FORMAT)
    throw new Error(`Not a classifier: its format is ${metadata.format ?? "not named"}`);
  const heads: HeadWeights[] = [];
  while (tensors.has(`head${heads.length}/dense0/kernel`))
    heads.push(readHead(tensors, `head${heads.length}/`));
  if (heads.length === 0) throw new Error("Not a classifier: it has no head");

  const weights = tensors.get("join/weights")?.values;
  const bias = tensors.get("join/bias")?.values[0];
  if (!weights || bias === undefined) return { heads, join: null };
  const names = metadata.columns?.split(" ") ?? [];
  const known = [true, false].flatMap((hasGap) =>
    [true, false].map((hasMask) => evidenceNames({ hasGap, hasMask }).join(" ")),
  );
  if (names.length !== weights.length || !known.includes(names.join(" ")))
    throw new Error("Not a classifier of this version: its evidence has other columns");
  return { heads, join: { names, weights: Float64Array.from(weights), bias } };
}

function readHead(tensors: ReadonlyMap<string, StoredTensor>, prefix: string): HeadWeights {
  const layers: DenseWeights[] = [];
  for (;;) {
    const kernel = tensors.get(`${prefix}dense${layers.length}/kernel`);
    const bias = tensors.get(`${prefix}dense${layers.length}/bias`);
    if (!kernel && !bias) break;
    if (!kernel || !bias) throw new Error(`Not a head: layer ${layers.length + 1} is not complete`);
    if (kernel.shape.length !== 2 || kernel.shape[1] !== bias.values.length)
      throw new Error(`Not a head: the kernel and bias of layer ${layers.length + 1} do not fit each other`);
    layers.push({ kernel: kernel.values, bias: bias.values });
  }
  checkHead({ layers });
  return { layers };
}
