import * as h5wasm from "h5wasm";
import type { Weight } from "@/lib/science/network/weights";

/** A weight as a test stores it: as float32, or as what `data` and `dtype` say. */
export type StoredWeight = Weight | { shape: readonly number[]; data: ArrayLike<number>; dtype: string };

interface Layout {
  /** Groups above the layers, as in a whole saved model. */
  readonly root?: string;
  /** Whether a layer's weights lie in a second group of its name, as Keras 2 writes them. */
  readonly nested?: boolean;
  /** What a weight's name ends with: `:0` in Keras 2, nothing in Keras 3. */
  readonly ending?: string;
}

/** Weights `<layer>/<kind>` as HDF5 bytes in Keras' layout; `<model>/<layer>/<kind>` is a layer of a model inside. */
export async function kerasFile(
  weights: ReadonlyMap<string, StoredWeight>,
  { root, nested = true, ending = ":0" }: Layout = {},
): Promise<Uint8Array> {
  await h5wasm.ready;
  const file = new h5wasm.File("made.h5", "w");
  const top = root ? file.create_group(root) : file;
  const groups = new Map<string, h5wasm.Group>();
  const groupOf = (path: string): h5wasm.Group => {
    const known = groups.get(path);
    if (known) return known;
    const cut = path.lastIndexOf("/");
    const name = path.slice(cut + 1);
    let group = (cut < 0 ? top : groupOf(path.slice(0, cut))).create_group(name);
    if (nested && cut < 0) group = group.create_group(name);
    groups.set(path, group);
    return group;
  };
  for (const [name, weight] of weights) {
    const cut = name.lastIndexOf("/");
    const stored = "values" in weight ? { data: weight.values } : { data: weight.data, dtype: weight.dtype };
    groupOf(name.slice(0, cut)).create_dataset({
      name: `${name.slice(cut + 1)}${ending}`,
      shape: [...weight.shape],
      ...(stored as { data: Float32Array }),
    });
  }
  file.close();
  const bytes = h5wasm.FS!.readFile("made.h5") as Uint8Array;
  h5wasm.FS!.unlink("made.h5");
  return bytes;
}
