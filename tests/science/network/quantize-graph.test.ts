import { expect, it } from "vitest";
import { onnx } from "@/lib/science/network/onnx-proto";
import { exposeValues, quantizeGraph, valuesToCalibrate } from "@/lib/science/network/quantize-graph";
import { smallConvolution } from "../../support/small-convolution";

const ranges = new Map([["x", { low: -0.55, high: 2 }]]);

const constantsOf = (model: Uint8Array) =>
  new Map(onnx.ModelProto.decode(model).graph!.initializer!.map((tensor) => [tensor.name!, tensor]));
const raw = (tensor: { rawData?: Uint8Array | null } | undefined) => Uint8Array.from(tensor!.rawData!).buffer;

it("a convolution's kernel is int8 by output channel and its bias int32 at the scale of the sums", () => {
  const constants = constantsOf(quantizeGraph(smallConvolution(), ranges));
  // 2.55 in 255 steps; -0.55 is 55 steps below zero.
  expect(new Float32Array(raw(constants.get("x/scale")))[0]).toBeCloseTo(0.01, 7);
  expect(new Uint8Array(raw(constants.get("x/zero")))[0]).toBe(55);
  // The largest of each channel becomes 127: 1.27 with 0.01 a step, 0.254 with 0.002.
  const scales = new Float32Array(raw(constants.get("kernel/scale")));
  expect(scales[0]).toBeCloseTo(0.01, 7);
  expect(scales[1]).toBeCloseTo(0.002, 7);
  expect([...new Int8Array(raw(constants.get("kernel/int8")))]).toEqual([127, -64, 127, 50]);
  // 0.1 / (0.01 x 0.01) and -0.2 / (0.01 x 0.002)
  expect([...new Int32Array(raw(constants.get("bias/int32")))]).toEqual([1_000, -10_000]);
  expect(constants.has("kernel")).toBe(false);
});

it("zero is exact whatever the range, since padding is zero", () => {
  const constants = constantsOf(quantizeGraph(smallConvolution(), new Map([["x", { low: 1, high: 5.1 }]])));
  expect(new Float32Array(raw(constants.get("x/scale")))[0]).toBeCloseTo(0.02, 7);
  expect(new Uint8Array(raw(constants.get("x/zero")))[0]).toBe(0);
});

it("names the values whose ranges it needs, exposes them, and refuses to go without one", () => {
  expect(valuesToCalibrate(smallConvolution())).toEqual(["x"]);
  const exposed = onnx.ModelProto.decode(exposeValues(smallConvolution(), ["x"]));
  expect(exposed.graph!.output!.map(({ name }) => name)).toEqual(["x"]);
  expect(() => quantizeGraph(smallConvolution(), new Map())).toThrow("The range of x is not known");
});

it("an operator that is to stay in floats stays", () => {
  const model = quantizeGraph(smallConvolution(), new Map(), (name) => name === "y");
  expect(constantsOf(model).has("kernel")).toBe(true);
  expect(onnx.ModelProto.decode(model).graph!.node!.map(({ opType }) => opType)).toEqual([
    "Identity",
    "Conv",
  ]);
});
