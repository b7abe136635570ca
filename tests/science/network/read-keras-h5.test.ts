import { describe, expect, it } from "vitest";
import { readKerasH5 } from "@/lib/science/network/read-keras-h5";
import { resnet50 } from "@/lib/science/network/resnet50";
import { kerasFile, type StoredWeight } from "../../support/keras-file";
import { madeUpWeights } from "../../support/made-up-weights";

const stem = resnet50().slice(0, 4);
const dense = { shape: [4, 2], values: new Float32Array(8) };

describe("Keras weights", () => {
  it.each([
    ["with a layer's name once", { nested: false }],
    ["with a layer's name twice", { nested: true }],
    ["as Keras 3 names them", { ending: "" }],
    ["inside a whole saved model", { root: "model_weights" }],
  ])("load %s", async (_, layout) => {
    const weights = madeUpWeights(stem);
    expect(await readKerasH5(await kerasFile(weights, layout), stem)).toEqual({
      weights,
      otherLayers: new Map(),
    });
  });

  it("of a model inside a model load, and what stands beside it is named", async () => {
    const weights = madeUpWeights(stem);
    const inside = new Map([...weights].map(([name, weight]) => [`resnet50/${name}`, weight]));
    const file = await kerasFile(inside.set("dense_1/kernel", dense), {
      nested: false,
      root: "model_weights",
    });
    expect(await readKerasH5(file, stem)).toEqual({ weights, otherLayers: new Map([["dense_1", [[4, 2]]]]) });
  });

  it("of layers beside the network's are given as shapes, in a model too", async () => {
    const weights = madeUpWeights(stem);
    const more = new Map(weights).set("predictions/kernel", dense);
    more.set("head/dense/kernel", dense).set("head/conv/kernel", { shape: [1], values: Float32Array.of(1) });
    const { otherLayers } = await readKerasH5(await kerasFile(more), stem);
    expect([...otherLayers]).toEqual([
      ["head", [[1], [4, 2]]],
      ["predictions", [[4, 2]]],
    ]);
  });

  it("as doubles are rounded to float32", async () => {
    const weights = new Map<string, StoredWeight>(madeUpWeights(stem));
    const third = Array(64).fill(1 / 3);
    weights.set("conv1_bn/beta", { shape: [64], data: Float64Array.from(third), dtype: "<d" });
    const read = await readKerasH5(await kerasFile(weights), stem);
    expect(read.weights.get("conv1_bn/beta")!.values).toEqual(Float32Array.from(third));
  });

  it("of a type that is not read are refused by their name and type", async () => {
    const weights = new Map<string, StoredWeight>(madeUpWeights(stem));
    weights.set("conv1_bn/beta", { shape: [64], data: new Int32Array(64), dtype: "<i" });
    await expect(readKerasH5(await kerasFile(weights), stem)).rejects.toThrow(
      "conv1_bn/beta is stored as 32-bit whole numbers; only 32- and 64-bit decimal numbers are read",
    );
  });

  it("of another network, or no weights at all, are refused", async () => {
    const other = await kerasFile(new Map([["dense/kernel", dense]]));
    await expect(readKerasH5(other, stem)).rejects.toThrow(
      "none of this network's layers is in it; it has dense",
    );
    const ofKeras3 = await kerasFile(new Map([["layers/conv2d/vars/0", dense]]), {
      nested: false,
      ending: "",
    });
    await expect(readKerasH5(ofKeras3, stem)).rejects.toThrow("the layout of Keras 3's .weights.h5");
    await expect(readKerasH5(new TextEncoder().encode("weights"), stem)).rejects.toThrow("it is not HDF5");
    const cut = (await kerasFile(madeUpWeights(stem))).slice(0, 600);
    await expect(readKerasH5(cut, stem)).rejects.toThrow("its HDF5 is damaged or cut off");
  });
});
