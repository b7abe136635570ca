import { expect, it } from "vitest";
import { rangesOf, toInt8Base } from "@/lib/science/network/int8-base";
import {
  readSafetensors,
  readSafetensorsMetadata,
  writeSafetensors,
} from "@/lib/science/network/safetensors";

const weights = new Map([
  ["conv/kernel", { dtype: "F16", shape: [2], values: Float32Array.of(0.5, -2) } as const],
  ["conv/bias", { dtype: "F32", shape: [1], values: Float32Array.of(0.1) } as const],
]);
const base = writeSafetensors(weights, { made: "here" });
const ranges = new Map([
  ["x", { low: -0.5, high: 2.25 }],
  ["y", { low: 0, high: 1 }],
]);

it("the int8 form has the weights, the metadata and the ranges, and is the same each time", () => {
  const form = toInt8Base(base, ranges);
  expect(toInt8Base(base, ranges)).toEqual(form);
  expect(form).not.toEqual(base);
  expect(readSafetensors(form).tensors).toEqual(readSafetensors(base).tensors);
  expect(readSafetensorsMetadata(form).made).toBe("here");
  expect(rangesOf(readSafetensorsMetadata(form))).toEqual(ranges);
});

it("a base that says nothing is run in float32", () => {
  expect(rangesOf(readSafetensorsMetadata(base))).toBeNull();
});

it.each([
  ["an unknown precision", { precision: "int4" }, "int4, which is not known here"],
  ["no ranges", { precision: "int8" }, "cannot be read"],
  ["ranges the wrong way round", { precision: "int8", ranges: '[["x", 2, 1]]' }, "cannot be read"],
  ["a range without a number", { precision: "int8", ranges: '[["x", 0, null]]' }, "cannot be read"],
])("metadata with %s are refused", (_, metadata, message) => {
  expect(() => rangesOf(metadata)).toThrow(message);
});
