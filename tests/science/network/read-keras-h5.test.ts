import * as h5wasm from "h5wasm";
import { describe, expect, it } from "vitest";
import { readKerasH5 } from "@/lib/science/network/read-keras-h5";
import { resnet50 } from "@/lib/science/network/resnet50";
import type { Weight } from "@/lib/science/network/weights";
import { madeUpWeights } from "../../support/made-up-weights";

const stem = resnet50().slice(0, 4);

interface Layout {
  /** Groups above the layers, as in a whole saved model. */
  readonly root?: string;
  /** Whether a layer's weights lie in a second group of its name, as Keras 2 writes them. */
  readonly nested: boolean;
}

async function kerasFile(
  weights: ReadonlyMap<string, Weight>,
  { root, nested }: Layout,
): Promise<Uint8Array> {
  await h5wasm.ready;
  const file = new h5wasm.File("made.h5", "w");
  const top = root ? file.create_group(root) : file;
  const groups = new Map<string, h5wasm.Group>();
  for (const [name, { shape, values }] of weights) {
    const [layer, kind] = name.split("/") as [string, string];
    let group = groups.get(layer);
    if (!group) {
      group = top.create_group(layer);
      if (nested) group = group.create_group(layer);
      groups.set(layer, group);
    }
    group.create_dataset({ name: `${kind}:0`, data: values, shape: [...shape] });
  }
  file.close();
  const bytes = h5wasm.FS!.readFile("made.h5") as Uint8Array;
  h5wasm.FS!.unlink("made.h5");
  return bytes;
}

describe("Keras weights", () => {
  it("of the whole ResNet50 load by name", async () => {
    const weights = madeUpWeights(resnet50());
    const read = await readKerasH5(await kerasFile(weights, { nested: true }), resnet50());
    expect([...read.keys()]).toEqual([...weights.keys()]);
    for (const [name, { shape, values }] of weights) {
      expect(read.get(name)!.shape).toEqual(shape);
      expect(Buffer.compare(Buffer.from(read.get(name)!.values.buffer), Buffer.from(values.buffer))).toBe(0);
    }
  });

  it.each<[string, Layout]>([
    ["with a layer's name once", { nested: false }],
    ["with a layer's name twice", { nested: true }],
    ["inside a whole saved model", { nested: true, root: "model_weights" }],
  ])("load %s", async (_, layout) => {
    const weights = madeUpWeights(stem);
    expect(await readKerasH5(await kerasFile(weights, layout), stem)).toEqual(weights);
  });

  it("with a classifier on top load without it", async () => {
    const weights = madeUpWeights(stem);
    const topped = new Map(weights).set("predictions/bias", { shape: [2], values: Float32Array.of(1, 2) });
    expect(await readKerasH5(await kerasFile(topped, { nested: true }), stem)).toEqual(weights);
  });

  it("with a missing layer are refused by its name", async () => {
    const weights = madeUpWeights(stem);
    for (const name of [...weights.keys()]) if (name.startsWith("conv1_bn/")) weights.delete(name);
    const bytes = await kerasFile(weights, { nested: true });
    await expect(readKerasH5(bytes, stem)).rejects.toThrow(
      /conv1_bn\/gamma is missing; .*moving_variance is missing/,
    );
  });

  it("with another shape are refused with both shapes", async () => {
    const weights = madeUpWeights(stem);
    weights.set("conv1_conv/kernel", { shape: [3, 3, 3, 64], values: new Float32Array(3 * 3 * 3 * 64) });
    const bytes = await kerasFile(weights, { nested: false });
    await expect(readKerasH5(bytes, stem)).rejects.toThrow(
      "conv1_conv/kernel has shape [3, 3, 3, 64] instead of [7, 7, 3, 64]",
    );
  });

  it("of another network, or no weights at all, are refused", async () => {
    const other = await kerasFile(new Map([["dense/kernel", { shape: [1], values: new Float32Array(1) }]]), {
      nested: true,
    });
    await expect(readKerasH5(other, stem)).rejects.toThrow("none of its layers is in it");
    await expect(readKerasH5(new TextEncoder().encode("weights"), stem)).rejects.toThrow("it is not HDF5");
    const cut = (await kerasFile(madeUpWeights(stem), { nested: true })).slice(0, 600);
    await expect(readKerasH5(cut, stem)).rejects.toThrow("its HDF5 is damaged or cut off");
  });
});
