import type { NetworkNode } from "./network-node";
import { type BaseNetwork, networkOf } from "./network-of";
import { isHdf5, readKerasH5 } from "./read-keras-h5";
import { resnet50 } from "./resnet50";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors";
import { checkWeights, type Weights, weightShapes } from "./weights";

/** A base network read from somebody's file and held against the definition. */
export interface BaseFile {
  readonly network: BaseNetwork;
  readonly weights: Weights;
  /** Dense layers that stood on top and were left out, by name. */
  readonly leftOut: readonly string[];
  /** What is kept of it: the file itself where it was safetensors with nothing to leave out, else one made of it. */
  readonly safetensors: Uint8Array;
}

/**
 * Reads a base from a Keras `.h5` file or from safetensors with Keras' names. Dense layers on top of the network are
 * left out and named; any other layer that the network does not have is refused, since it might stand in its middle.
 *
 * `backbone` is the definition that it is held against.
 *
 * Throws an `Error` in words where the file is neither, or its weights do not fit: one is missing, of another shape,
 * not finite, or of a type that is not read.
 */
export async function readBaseFile(
  bytes: Uint8Array,
  backbone: NetworkNode[] = resnet50(),
): Promise<BaseFile> {
  const { weights, otherLayers } = isHdf5(bytes)
    ? await readKerasH5(bytes, backbone)
    : fromTensors(bytes, backbone);
  const leftOut = denseLayers(otherLayers);
  const network = networkOf(weights, backbone);
  checkWeights(weights, network.nodes);
  const isKept = !isHdf5(bytes) && leftOut.length === 0;
  return { network, weights, leftOut, safetensors: isKept ? bytes : write(weights, network) };
}

function fromTensors(bytes: Uint8Array, backbone: NetworkNode[]) {
  const { tensors } = readSafetensors(bytes);
  const layerOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf("/")));
  const ours = new Set(backbone.map(({ name }) => name));
  if (![...tensors.keys()].some((name) => ours.has(layerOf(name)))) {
    const names = [...tensors.keys()].slice(0, 3).join(", ");
    throw new Error(
      `Not a ResNet50 with Keras' names (conv1_conv/kernel, ...): its tensors are ${names || "none"}`,
    );
  }
  const known = new Set(networkOf(tensors, backbone).nodes.map(({ name }) => name));
  const weights = new Map<string, StoredTensor>();
  const otherLayers = new Map<string, (readonly number[])[]>();
  for (const [name, tensor] of tensors) {
    const layer = layerOf(name);
    if (known.has(layer)) weights.set(name, tensor);
    else otherLayers.set(layer || name, [...(otherLayers.get(layer || name) ?? []), tensor.shape]);
  }
  return { weights, otherLayers };
}

/** The names of layers that are dense ones. Throws an `Error` that names the others. */
function denseLayers(layers: ReadonlyMap<string, readonly (readonly number[])[]>): string[] {
  const isDense = (shapes: readonly (readonly number[])[]) => {
    const ranks = shapes.map(({ length }) => length).sort();
    return ranks.join() === "2" || ranks.join() === "1,2"; // a kernel, with or without its bias
  };
  const strange = [...layers].filter(([, shapes]) => !isDense(shapes)).map(([name]) => name);
  if (strange.length > 0) {
    const more = strange.length > 5 ? ` and ${strange.length - 5} more` : "";
    throw new Error(
      `The file has layers that ResNet50 does not have: ${strange.slice(0, 5).join(", ")}${more}. ` +
        "Dense layers on top are left out; with any other layer it is another network",
    );
  }
  return [...layers.keys()];
}

/** Float32 as it was read, in the order of the network's steps, so that the same weights give the same hash. */
function write(weights: Weights, { nodes }: BaseNetwork): Uint8Array {
  const names = nodes.flatMap((node) => weightShapes(node).map(({ kind }) => `${node.name}/${kind}`));
  return writeSafetensors(
    new Map(names.map((name) => [name, { ...weights.get(name)!, dtype: "F32" as const }])),
  );
}
