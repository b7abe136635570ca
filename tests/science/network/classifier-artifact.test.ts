import { describe, expect, it } from "vitest";
import {
  decodeClassifier,
  encodeClassifier,
  roundHead,
  roundStacking,
} from "@/lib/science/network/classifier-artifact";
import { initialHead } from "@/lib/science/network/head";
import { type StoredTensor, writeSafetensors } from "@/lib/science/network/safetensors";
import { evidenceNames } from "@/lib/science/network/study-evidence";

/** A head of two small layers. */
const small = {
  layers: [
    { kernel: Float32Array.of(0.1, -0.2, 0.3, 1 / 3, 5, 6), bias: Float32Array.of(0.1, 0.2) },
    { kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(-0.1, 1e-9) },
  ],
};
const names = evidenceNames({ hasGap: true, hasMask: false });
const stacking = { names, weights: Float64Array.from(names, (_, index) => index / 3), bias: 0.1 };

describe("a classifier's artifact", () => {
  it("holds rounded heads and stacking in order, and is the same for the same weights", () => {
    const other = {
      layers: small.layers.map(({ kernel, bias }) => ({ kernel: kernel.map((v) => v + 1), bias })),
    };
    const bytes = encodeClassifier({ heads: [small, other], stacking }, { temperature: "1.5" });
    const rounded = { heads: [roundHead(small), roundHead(other)], stacking: roundStacking(stacking) };
    expect(rounded.heads[0]!.layers[0]!.kernel[3]).toBe(1365 / 4096);
    expect(rounded.stacking.weights[1]).toBe(Math.fround(1 / 3));
    expect(encodeClassifier(rounded, { temperature: "1.5" })).toEqual(bytes);
    expect(decodeClassifier(bytes)).toEqual(rounded);
  });

  it("reads a single head of an earlier version as one without stacking", () => {
    const tensors = new Map<string, StoredTensor>();
    for (const [index, { kernel, bias }] of roundHead(small).layers.entries()) {
      tensors.set(`dense${index}/kernel`, { dtype: "F16", shape: [kernel.length / 2, 2], values: kernel });
      tensors.set(`dense${index}/bias`, { dtype: "F32", shape: [2], values: bias });
    }
    expect(decodeClassifier(writeSafetensors(tensors, { format: "sulcus-head-v1" }))).toEqual({
      heads: [roundHead(small)],
      stacking: null,
    });
  });

  it("of a real head is 4 MB and not 9", () => {
    const { byteLength } = encodeClassifier({ heads: [initialHead(1)], stacking: null }, {});
    expect(byteLength).toBeGreaterThan(2 * (8192 * 256 + 2 * 256 * 256 + 512));
    expect(byteLength).toBeLessThan(4_500_000);
  });

  it("is not made of values that half precision cannot hold, nor of no head", () => {
    const layers = [{ kernel: Float32Array.of(1, 70000), bias: new Float32Array(2) }];
    expect(() => encodeClassifier({ heads: [{ layers }], stacking: null }, {})).toThrow(
      "layer 1 has a value that half precision cannot hold",
    );
    expect(() => encodeClassifier({ heads: [], stacking }, {})).toThrow("at least one head");
  });

  it("is refused where it is another file, is not complete, or stacks columns that are not known", () => {
    expect(() => decodeClassifier(writeSafetensors(new Map()))).toThrow("its format is not named");
    const tensors = new Map([
      ["dense0/kernel", { dtype: "F16", shape: [2, 2], values: new Float32Array(4) } as const],
      ["dense1/bias", { dtype: "F32", shape: [2], values: new Float32Array(2) } as const],
    ]);
    const bytes = writeSafetensors(tensors, { format: "sulcus-head-v1" });
    expect(() => decodeClassifier(bytes)).toThrow("layer 1 is not complete");
    const odd = { names: ["head", "mood"], weights: Float64Array.of(1, 2), bias: 0 };
    expect(() => decodeClassifier(encodeClassifier({ heads: [small], stacking: odd }, {}))).toThrow(
      "its evidence has other columns",
    );
  });
});
