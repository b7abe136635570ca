import * as h5wasm from "h5wasm";
import type { NetworkNode } from "./network-node";
import { type Weight, weightShapes } from "./weights";

/** With these bytes HDF5 files begin (HDF5 file format specification, II.A). */
const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  return HDF5_SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** What a Keras file holds. */
export interface KerasFile {
  /** Of the network's layers, as many as there are: `checkWeights` says what is missing. */
  readonly weights: Map<string, Weight>;
  /** Shapes of the weights of all other layers that have any, by layer. */
  readonly otherLayers: ReadonlyMap<string, readonly (readonly number[])[]>;
}

let filesRead = 0;

/**
 * Reads Keras weights from HDF5 bytes by layer name: `save_weights` of Keras 1 to 2 or a whole saved `.h5` model of
 * Keras 1 to 3, the network's layers at its root or in one model inside (`<layer>/<layer>/kernel:0`,
 * `<layer>/kernel:0`, `<layer>/<layer>/kernel`). Doubles are rounded to float32.
 *
 * Throws an `Error` in words where the bytes are not HDF5, the file has another layout, or a weight of the network is
 * of a type that is not read.
 */
export async function readKerasH5(bytes: Uint8Array, nodes: readonly NetworkNode[]): Promise<KerasFile> {
  if (!isHdf5(bytes)) throw broken("it is not HDF5");
  await h5wasm.ready;
  const { FS, Module } = h5wasm;
  if (!FS) throw new Error("The HDF5 reader did not start");
  Module.activate_throwing_error_handler(); // instead of printing and going on
  const path = `keras-${++filesRead}.h5`; // in the reader's own memory
  FS.writeFile(path, bytes);
  try {
    return readFile(path, nodes);
  } finally {
    FS.unlink(path);
  }
}

function readFile(path: string, nodes: readonly NetworkNode[]): KerasFile {
  const file = open(path);
  try {
    const root = groupIn(file, "model_weights") ?? file;
    const names = new Set(nodes.map(({ name }) => name));
    const home = groupWithLayers(root, names);
    const weights = new Map<string, Weight>();
    for (const node of nodes) {
      const layer = groupIn(home, node.name);
      if (!layer) continue;
      const datasets = new Map(datasetsOf(layer));
      for (const { kind } of weightShapes(node)) {
        const dataset = datasets.get(kind);
        if (dataset) weights.set(`${node.name}/${kind}`, readWeight(dataset, `${node.name}/${kind}`));
      }
    }
    return { weights, otherLayers: layersBeside(root, home, names) };
  } finally {
    file.close();
  }
}

function open(path: string): h5wasm.File {
  try {
    return new h5wasm.File(path, "r");
  } catch (error) {
    throw broken("its HDF5 is damaged or cut off", error);
  }
}

/** The group whose members are the network's layers: the root, or one model inside it, as a model in a model is saved. */
function groupWithLayers(root: h5wasm.Group, names: ReadonlySet<string>): h5wasm.Group {
  const candidates = [root, ...root.keys().flatMap((name) => groupIn(root, name) ?? [])];
  const found = candidates.find((group) => group.keys().some((name) => names.has(name)));
  if (found) return found;
  if (root.keys().includes("layers"))
    throw broken("it has the layout of Keras 3's .weights.h5; save the whole model as .h5 instead");
  const others = root.keys().slice(0, 5).join(", ");
  throw broken(`none of this network's layers is in it; it has ${others || "nothing"}`);
}

/** Shapes by layer of what is neither a layer of the network nor the model that holds it. */
function layersBeside(root: h5wasm.Group, home: h5wasm.Group, names: ReadonlySet<string>) {
  const others = new Map<string, number[][]>();
  for (const group of new Set([root, home])) {
    for (const name of group.keys()) {
      if (names.has(name)) continue;
      const layer = groupIn(group, name);
      if (!layer || layer.path === home.path) continue;
      const shapes = datasetsOf(layer).map(([, { shape }]) => shape ?? []);
      if (shapes.length > 0) others.set(name, shapes);
    }
  }
  return others;
}

/** A layer's weights with their kind, however many groups of its own name they lie in; Keras 2 adds `:0`, Keras 3 does not. */
function datasetsOf(layer: h5wasm.Group): [kind: string, h5wasm.Dataset][] {
  return layer.keys().flatMap((name): [string, h5wasm.Dataset][] => {
    const entity = layer.get(name);
    if (entity instanceof h5wasm.Dataset) return [[name.replace(/:0$/, ""), entity]];
    return entity instanceof h5wasm.Group ? datasetsOf(entity) : [];
  });
}

function readWeight(dataset: h5wasm.Dataset, name: string): Weight {
  if (!/^[<>][fd]$/.test(String(dataset.dtype)))
    throw broken(
      `${name} is stored as ${typeInWords(dataset)}; only 32- and 64-bit decimal numbers are read`,
    );
  let values: unknown;
  try {
    values = dataset.value;
  } catch (error) {
    throw broken(`${name} is damaged, or compressed in a way that is not read`, error);
  }
  if (!(values instanceof Float32Array) && !(values instanceof Float64Array))
    throw broken(`${name} does not hold decimal numbers`);
  return { shape: dataset.shape ?? [], values: new Float32Array(values) };
}

function typeInWords({ metadata: { type, size } }: h5wasm.Dataset): string {
  const isNumber = type === 0 || type === 1; // H5T_INTEGER, H5T_FLOAT
  if (!isNumber) return "something that is no number";
  return `${8 * size}-bit ${type === 1 ? "decimal" : "whole"} numbers`;
}

function groupIn(parent: h5wasm.Group, name: string): h5wasm.Group | null {
  if (!parent.keys().includes(name)) return null;
  const entity = parent.get(name);
  return entity instanceof h5wasm.Group ? entity : null;
}

const broken = (what: string, cause?: unknown) =>
  new Error(`Not a Keras weights file of this network: ${what}`, { cause });
