import { describe, expect, it } from "vitest";
import { resnet50 } from "@/lib/science/network/resnet50";
import { checkWeights, type Weight } from "@/lib/science/network/weights";
import { madeUpWeights } from "../../support/made-up-weights";

const stem = resnet50().slice(0, 4);

function changed(change: (weights: Map<string, Weight>) => void) {
  const weights = new Map(madeUpWeights(stem));
  change(weights);
  return () => checkWeights(weights, stem);
}

describe("weights held against the network", () => {
  it("are accepted when they fit", () => {
    expect(changed(() => {})).not.toThrow();
  });

  it("are refused in words when one is missing, of another shape, unknown or not finite", () => {
    expect(changed((weights) => weights.delete("conv1_bn/beta"))).toThrow("conv1_bn/beta is missing");
    expect(
      changed((weights) => weights.set("conv1_conv/bias", { shape: [65], values: new Float32Array(65) })),
    ).toThrow("conv1_conv/bias has shape [65] instead of [64]");
    expect(
      changed((weights) => weights.set("conv1_conv/bias", { shape: [64], values: new Float32Array(3) })),
    ).toThrow("conv1_conv/bias has 3 values");
    expect(
      changed((weights) => weights.set("predictions/bias", { shape: [1], values: new Float32Array(1) })),
    ).toThrow("predictions/bias is not in the network");
    expect(
      changed((weights) => {
        weights.get("conv1_conv/kernel")!.values[9] = Number.NaN;
      }),
    ).toThrow("conv1_conv/kernel has a value that is not finite");
  });

  it("are refused with a count where there is much to say", () => {
    expect(() => checkWeights(new Map(), resnet50())).toThrow(/conv1_conv\/kernel is missing.*and 313 more$/);
  });
});
