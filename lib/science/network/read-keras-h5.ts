import * as h5wasm from "h5wasm";
import type { NetworkNode } from "./network-node";
import { checkWeights, type Weight, type Weights, weightShapes } from "./weights";

/** With these bytes HDF5 files begin (HDF5 file format specification, II.A). */
const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

let filesRead = 0;

/**
 * Reads Keras weights from HDF5 bytes (`save_weights` of Keras 1 to 2, or a whole saved model) by layer name:
 * `<layer>/<layer>/kernel:0`, or `<layer>/kernel:0`. Layers of the file that the network does not have, such as a
 * classifier on top, are left out.
 *
 * Throws an `Error` in words where the bytes are not HDF5, the file has another layout, or a layer is missing or has
 * another shape than in `nodes`.
 */
export async function readKerasH5(bytes: Uint8Array, nodes: readonly NetworkNode[]): Promise<Weights> {
  if (!HDF5_SIGNATURE.every((byte, index) => bytes[index] === byte))
    throw new Error("Not a Keras weights file: it is not HDF5");
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

function readFile(path: string, nodes: readonly NetworkNode[]): Weights {
  const file = open(path);
  try {
    const root = groupIn(file, "model_weights") ?? file;
    const layers = new Set(root.keys());
    if (!nodes.some((node) => layers.has(node.name)))
      throw new Error("Not a Keras weights file of this network: none of its layers is in it");
    const weights = new Map<string, Weight>();
    for (const node of nodes) {
      for (const { kind } of weightShapes(node)) {
        const dataset = layers.has(node.name) ? datasetOf(groupIn(root, node.name), node.name, kind) : null;
        const values = dataset?.value;
        if (!dataset?.shape) continue;
        if (!(values instanceof Float32Array) && !(values instanceof Float64Array))
          throw new Error(`Not a Keras weights file: ${node.name}/${kind} does not hold decimal numbers`);
        weights.set(`${node.name}/${kind}`, { shape: dataset.shape, values: new Float32Array(values) });
      }
    }
    checkWeights(weights, nodes);
    return weights;
  } finally {
    file.close();
  }
}

function open(path: string): h5wasm.File {
  try {
    return new h5wasm.File(path, "r");
  } catch (error) {
    throw new Error("Not a Keras weights file: its HDF5 is damaged or cut off", { cause: error });
  }
}

function datasetOf(layer: h5wasm.Group | null, name: string, kind: string): h5wasm.Dataset | null {
  for (const group of [layer && groupIn(layer, name), layer]) {
    const entity = group?.keys().includes(`${kind}:0`) ? group.get(`${kind}:0`) : null;
    if (entity instanceof h5wasm.Dataset) return entity;
  }
  return null;
}

function groupIn(parent: h5wasm.Group, name: string): h5wasm.Group | null {
  if (!parent.keys().includes(name)) return null;
  const entity = parent.get(name);
  return entity instanceof h5wasm.Group ? entity : null;
}
