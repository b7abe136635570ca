import type { ValueRange } from "./quantize-graph";
import { readSafetensors, writeSafetensors } from "./safetensors";

/** What the backbone computes with: 32-bit floats, or 8-bit integers where its base carries the ranges of its values. */
export type Precision = "f32" | "int8";

/** Ranges by the name of the value in the base's graph (`valuesToCalibrate`). */
export type Ranges = ReadonlyMap<string, ValueRange>;

/**
 * A base that is run in int8: the same weights, and the ranges of the values between its steps in the file's metadata.
 * It is a base of its own, with another hash, since its features are others. The same base and ranges give the same
 * bytes. Throws as `readSafetensors` does.
 */
export function toInt8Base(base: Uint8Array, ranges: Ranges): Uint8Array {
  const { tensors, metadata } = readSafetensors(base);
  const listed = [...ranges].map(([name, { low, high }]) => [name, low, high]);
  return writeSafetensors(tensors, { ...metadata, precision: "int8", ranges: JSON.stringify(listed) });
}

/**
 * The ranges that a base's metadata carry; null for a base that is run in float32. Throws an `Error` where they are not
 * what `toInt8Base` writes or the precision is an unknown one.
 */
export function rangesOf(metadata: Readonly<Record<string, string>>): Ranges | null {
  const { precision = "f32", ranges } = metadata;
  if (precision === "f32") return null;
  if (precision !== "int8") throw new Error(`The base is to be run in ${precision}, which is not known here`);
  const listed: unknown = JSON.parse(ranges ?? "null");
  if (!Array.isArray(listed) || !listed.every(isRange))
    throw new Error("The base is to be run in int8, and the ranges of its values cannot be read");
  return new Map(listed.map(([name, low, high]) => [name, { low, high }]));
}

function isRange(entry: unknown): entry is [string, number, number] {
  if (!Array.isArray(entry) || entry.length !== 3) return false;
  const [name, low, high] = entry;
  return typeof name === "string" && Number.isFinite(low) && Number.isFinite(high) && low <= high;
}
