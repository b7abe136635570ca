import type { LogisticWeights } from "../training/fit-logistic";
import { floatToHalf, halfToFloat } from "./half";
import { checkHead, type DenseWeights, denseShape, type HeadWeights } from "./head";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors";
import { evidenceNames } from "./study-evidence";

/** The logistic regression that stacks heads, base and neighbours: a weight for each column of a study's evidence. */
export interface StackingWeights extends LogisticWeights {
  /** Columns of `studyEvidence` in order. */
  names: readonly string[];
}

/** All that a model adds to its base. */
export interface ClassifierWeights {
  /** At least one; their margins are averaged. */
  heads: readonly HeadWeights[];
  /** Null for a model that judges each slice by its heads alone. */
  stacking: StackingWeights | null;
}

/** Named in an artifact's metadata, so that other safetensors files are refused. */
const FORMAT = "sulcus-classifier-v2";
/** One head without stacking: what earlier versions of the product wrote. */
const HEAD_FORMAT = "sulcus-head-v1";
/** How stored artifacts name the stacking. Models exist with these names, so they stay. */
const STACKING_TENSORS = { weights: "join/weights", bias: "join/bias" } as const;

/**
 * The weights as their artifact stores them: head kernels rounded to half precision, stacking weights to single. Figures
 * are measured on these, so that they belong to the model that is stored.
 */
export function roundHead(head: HeadWeights): HeadWeights {
  return {
    layers: head.layers.map(({ kernel, bias }) => ({
      kernel: halfToFloat(floatToHalf(kernel)),
      bias: bias.slice(),
    })),
  };
}

export function roundStacking({ names, weights, bias }: StackingWeights): StackingWeights {
  return { names, weights: weights.map(Math.fround), bias: Math.fround(bias) };
}

/**
 * A safetensors file: float16 kernels `head<k>/dense<i>/kernel` `[inputs, outputs]`, float32 biases,
 * the stacking's weights `[columns]` and bias `[1]`; `metadata` and the columns' names. The same input gives the same
 * bytes. Throws a `RangeError` for layers that do not fit each other or a kernel value beyond half precision's range.
 */
export function encodeClassifier(
  { heads, stacking }: ClassifierWeights,
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
  if (stacking) {
    tensors.set(STACKING_TENSORS.weights, {
      dtype: "F32",
      shape: [stacking.weights.length],
      values: Float32Array.from(stacking.weights),
    });
    tensors.set(STACKING_TENSORS.bias, {
      dtype: "F32",
      shape: [1],
      values: Float32Array.of(stacking.bias),
    });
  }
  return writeSafetensors(tensors, {
    ...metadata,
    format: FORMAT,
    ...(stacking && { columns: stacking.names.join(" ") }),
  });
}

/**
 * Reads what `encodeClassifier` wrote, and the single heads of earlier versions. Throws an `Error` in words for a
 * file that is broken, is not a classifier, or whose layers or columns do not fit.
 */
export function decodeClassifier(bytes: Uint8Array): ClassifierWeights {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format === HEAD_FORMAT) return { heads: [readHead(tensors, "")], stacking: null };
  if (metadata.format !== FORMAT)
    throw new Error(`Not a classifier: its format is ${metadata.format ?? "not named"}`);
  const heads: HeadWeights[] = [];
  while (tensors.has(`head${heads.length}/dense0/kernel`))
    heads.push(readHead(tensors, `head${heads.length}/`));
  if (heads.length === 0) throw new Error("Not a classifier: it has no head");

  const weights = tensors.get(STACKING_TENSORS.weights)?.values;
  const bias = tensors.get(STACKING_TENSORS.bias)?.values[0];
  if (!weights || bias === undefined) return { heads, stacking: null };
  const names = metadata.columns?.split(" ") ?? [];
  const known = [true, false].flatMap((hasGap) =>
    [true, false].map((hasMask) => evidenceNames({ hasGap, hasMask }).join(" ")),
  );
  if (names.length !== weights.length || !known.includes(names.join(" ")))
    throw new Error("Not a classifier of this version: its evidence has other columns");
  return { heads, stacking: { names, weights: Float64Array.from(weights), bias } };
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
