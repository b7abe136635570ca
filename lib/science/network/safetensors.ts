import { floatToHalf, halfToFloat } from "./half";

/** A tensor of a safetensors file. `dtype` is how it is stored; `values` are float32 either way. */
export interface StoredTensor {
  readonly dtype: "F32" | "F16";
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Longest header that is read, in bytes: the limit of the format's reference reader. */
const MAX_HEADER_BYTES = 100_000_000;
const BYTES = { F32: 4, F16: 2 } as const;

/**
 * Reads a safetensors file (github.com/huggingface/safetensors, "Format"): float16 and float32 tensors by name, and
 * the file's own metadata. The result shares no memory with `bytes`.
 *
 * Throws an `Error` in words where the file is cut off, its header is not what the format says, a tensor has another
 * type, a length that is not its shape's, or bytes that overlap another's or leave a gap.
 */
export function readSafetensors(bytes: Uint8Array): {
  tensors: Map<string, StoredTensor>;
  metadata: Record<string, string>;
} {
  const { header, dataStart } = readHeader(bytes);
  const metadata = readMetadata(header.__metadata__);
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => checkEntry(name, entry))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);

  let expected = 0;
  for (const { name, begin, end } of entries) {
    if (begin < expected) throw broken(`the bytes of ${name} overlap another tensor's`);
    if (begin > expected) throw broken(`bytes ${expected} to ${begin} belong to no tensor`);
    expected = end;
  }
  const available = bytes.length - dataStart;
  if (expected !== available) throw broken(`its tensors need ${expected} bytes, it has ${available}`);

  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    // A copy made by the constructor, which aligns it: `slice` of a Node Buffer copies nothing.
    const data = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end)).buffer;
    const values = dtype === "F16" ? halfToFloat(new Uint16Array(data)) : new Float32Array(data);
    tensors.set(name, { dtype, shape, values });
  }
  return { tensors, metadata };
}

/** A safetensors file's own metadata alone. Throws as `readSafetensors` does where the header is not one. */
export function readSafetensorsMetadata(bytes: Uint8Array): Record<string, string> {
  return readMetadata(readHeader(bytes).header.__metadata__);
}

/**
 * Writes a safetensors file; the same tensors in the same order give the same bytes. `F16` tensors are rounded to
 * the nearest half. Throws a `RangeError` where values are not as many as the shape says.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let offset = 0;
  for (const [name, { dtype, shape, values }] of tensors) {
    if (values.length !== sizeOf(shape))
      throw new RangeError(`${name} has ${values.length} values, its shape says ${sizeOf(shape)}`);
    const end = offset + values.length * BYTES[dtype];
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }

  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / 8) * 8; // the format pads with spaces, so that data is aligned
  const bytes = new Uint8Array(8 + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(text, 8);
  let position = 8 + headerLength;
  for (const { dtype, values } of tensors.values()) {
    const data = dtype === "F16" ? floatToHalf(values) : values;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < 8) throw broken("it is shorter than its header's length");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) throw broken(`its header claims ${length} bytes`);
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) throw broken("its header is cut off");
  try {
    const header: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, dataStart)),
    );
    if (isObject(header)) return { header, dataStart };
  } catch {
    throw broken("its header is not JSON");
  }
  throw broken("its header is not an object");
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === "string"))
    throw broken("its metadata is not a list of texts by name");
  return value as Record<string, string>;
}

function checkEntry(name: string, entry: unknown) {
  if (!isObject(entry)) throw broken(`the entry of ${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== "F32" && dtype !== "F16")
    throw broken(`${name} has type ${String(dtype)}; only F16 and F32 are read`);
  if (!isLengths(shape)) throw broken(`the shape of ${name} is not a list of lengths`);
  if (!isLengths(offsets) || offsets.length !== 2) throw broken(`the offsets of ${name} are not two numbers`);
  const [begin, end] = offsets as [number, number];
  const wanted = sizeOf(shape) * BYTES[dtype];
  if (end - begin !== wanted)
    throw broken(`${name} has ${end - begin} bytes, its shape [${shape.join(", ")}] needs ${wanted}`);
  return { name, dtype, shape, begin, end } as const;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isLengths = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

const broken = (what: string) => new Error(`Not a usable safetensors file: ${what}`);
