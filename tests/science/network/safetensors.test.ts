import { describe, expect, it } from "vitest";
import { readSafetensors, type StoredTensor, writeSafetensors } from "@/lib/science/network/safetensors";

/** A file with this header and this many zero bytes of data. */
function file(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (begin: number, end: number, shape = [(end - begin) / 4], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe("a safetensors file", () => {
  it("comes back as it was written, with halves rounded, from any alignment", () => {
    const tensors = new Map<string, StoredTensor>([
      ["odd", { dtype: "F16", shape: [3], values: Float32Array.of(1, 1 / 3, -65504) }],
      ["exact", { dtype: "F32", shape: [1, 2], values: Float32Array.of(Math.fround(0.1), -1e30) }],
      ["none", { dtype: "F32", shape: [0, 4], values: new Float32Array(0) }],
    ]);
    const written = writeSafetensors(tensors, { purpose: "a test" });
    const shifted = Buffer.alloc(written.length + 1);
    shifted.set(written, 1);
    for (const bytes of [written, shifted.subarray(1)]) {
      const { tensors: read, metadata } = readSafetensors(bytes);
      expect(metadata).toEqual({ purpose: "a test" });
      expect([...read.keys()].sort()).toEqual(["exact", "none", "odd"]);
      expect(read.get("odd")).toEqual({
        dtype: "F16",
        shape: [3],
        values: Float32Array.of(1, 1365 / 4096, -65504),
      });
      expect(read.get("exact")).toEqual(tensors.get("exact"));
      expect(read.get("none")).toEqual(tensors.get("none"));
    }
  });

  it("has the layout of the format: length, header padded to eight bytes, data without gaps", () => {
    const values = Float32Array.of(1.5);
    const bytes = writeSafetensors(new Map([["a", { dtype: "F32", shape: [1], values }]]));
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(JSON.parse(header)).toEqual({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } });
    expect(bytes.subarray(8 + length)).toEqual(Uint8Array.of(0, 0, 0xc0, 0x3f));
  });

  it("shares no memory with the bytes that it was read from", () => {
    const written = Buffer.from(
      writeSafetensors(new Map([["a", { dtype: "F32", shape: [1], values: Float32Array.of(7) }]])),
    );
    const { tensors } = readSafetensors(written);
    written.fill(0);
    expect(tensors.get("a")!.values[0]).toBe(7);
    expect(tensors.get("a")!.values.buffer.byteLength).toBe(4);
  });

  it("is not written with a shape that is not its values'", () => {
    const values = new Float32Array(3);
    expect(() => writeSafetensors(new Map([["a", { dtype: "F32", shape: [4], values }]]))).toThrow(
      RangeError,
    );
  });

  const hostileLength = new Uint8Array(64).fill(0xff);
  it.each([
    ["too short", new Uint8Array(7), "shorter than its header's length"],
    ["a header of 2^64 - 1 bytes", hostileLength, "its header claims 18446744073709551615 bytes"],
    ["a header that ends after the file", file({}, 0).subarray(0, 9), "its header is cut off"],
    ["a header that is not JSON", file("{", 0), "its header is not JSON"],
    ["a header that is a list", file([], 0), "its header is not an object"],
    ["a header that is nothing", file("null", 0), "its header is not an object"],
    ["metadata that is not text", file({ __metadata__: { a: 1 } }, 0), "its metadata"],
    ["an entry that is a number", file({ a: 1 }, 0), "the entry of a is not an object"],
    ["another type", file({ a: entry(0, 4, [1], "I64") }, 4), "a has type I64; only F16 and F32"],
    ["a negative length", file({ a: entry(0, 4, [-1, -1]) }, 4), "the shape of a"],
    ["lengths beyond counting", file({ a: entry(0, 4, [1e15, 1e15]) }, 4), "a has 4 bytes, its shape"],
    ["one offset", file({ a: { dtype: "F32", shape: [1], data_offsets: [0] } }, 4), "the offsets of a"],
    [
      "bytes that are not its shape's",
      file({ a: entry(0, 8, [1]) }, 8),
      "a has 8 bytes, its shape [1] needs 4",
    ],
    ["offsets that run backwards", file({ a: entry(8, 4, [1]) }, 8), "a has -4 bytes"],
    ["overlapping tensors", file({ a: entry(0, 8), b: entry(4, 12) }, 12), "the bytes of b overlap"],
    ["a gap", file({ a: entry(0, 4), b: entry(8, 12) }, 12), "bytes 4 to 8 belong to no tensor"],
    ["data that is cut off", file({ a: entry(0, 8) }, 4), "its tensors need 8 bytes, it has 4"],
    ["data at its end that is nobody's", file({ a: entry(0, 8) }, 12), "its tensors need 8 bytes, it has 12"],
  ])("is refused in words: %s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
  });
});
