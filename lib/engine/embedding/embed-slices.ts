import { getDerived, getObject, hasDerived, putDerived } from "@/lib/platform/storage";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { PREPROCESSING_VERSION, toNetworkInput } from "@/lib/science/imaging/to-network-input";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import type { Inference } from "../inference/inference";

/** What the base says of one slice; made once an image and kept (content-addressed). */
export interface SliceEmbedding {
  /** `[8192]` */
  features: Float32Array;
  /** `[64, 64]`, logits; null where the base proposes no masks */
  maskLogits: Float32Array | null;
  /** The base's own class score, a logit; null where it has none. */
  gapLogit: number | null;
}

export interface EmbeddableSlice {
  pixelHash: string;
  fileSha256: string;
}

/** A slice that `embedSlices` yields. */
export interface SliceOfWindow<S> {
  slice: S;
  embedding: SliceEmbedding;
  /** Whether the backbone ran for it just now; of slices with equal pixels for the first alone. */
  backboneRan: boolean;
}

const maskLength = MASK_SIZE * MASK_SIZE;
/** Slices looked up, decoded and yielded together. */
const windowSize = 32;

export interface EmbedOptions<S> {
  /** Called for a slice whose original file is missing or damaged; the slice is left out then. */
  onUnreadable?: (slice: S, error: Error) => void;
}

/**
 * Embeds slices in order, a window at a time, from the cache where it can. The next window's files are read and
 * decoded while the network works on this one.
 *
 * Safe to repeat: what a killed worker had finished is found in the cache. Throws the signal's reason between
 * batches; throws where an original file is missing or damaged, unless `onUnreadable` takes it.
 */
export async function* embedSlices<S extends EmbeddableSlice>(
  inference: Inference,
  slices: readonly S[],
  signal: AbortSignal,
  options: EmbedOptions<S> = {},
): AsyncGenerator<SliceOfWindow<S>[]> {
  const prepareFrom = (start: number) => prepare(inference, slices.slice(start, start + windowSize), options);
  let next = prepareFrom(0);
  for (let start = 0; start < slices.length; start += windowSize) {
    const prepared = await next;
    next = prepareFrom(start + windowSize);
    // A failure of the next window is thrown when its turn comes.
    next.catch(() => {});
    signal.throwIfAborted();
    yield await embedWindow(inference, prepared, signal);
  }
}

interface Prepared<S> {
  slice: S;
  cached: SliceEmbedding | null;
  input: Uint8Array | null;
}

async function prepare<S extends EmbeddableSlice>(
  inference: Inference,
  slices: S[],
  { onUnreadable }: EmbedOptions<S>,
): Promise<Prepared<S>[]> {
  const prepared = await Promise.all(
    slices.map(async (slice) => {
      const cached = await readCached(inference, slice.pixelHash);
      if (cached) return { slice, cached, input: null };
      try {
        const input = toNetworkInput(await decodeImage(await getObject(slice.fileSha256)));
        return { slice, cached, input };
      } catch (error) {
        if (!onUnreadable) throw error;
        onUnreadable(slice, error as Error);
        return null;
      }
    }),
  );
  return prepared.filter((one) => one !== null);
}

async function embedWindow<S extends EmbeddableSlice>(
  inference: Inference,
  prepared: Prepared<S>[],
  signal: AbortSignal,
): Promise<SliceOfWindow<S>[]> {
  const missing = prepared.flatMap(({ slice, input }) =>
    input ? [{ pixelHash: slice.pixelHash, input }] : [],
  );
  const made = await embedAndKeep(inference, missing, signal);
  const uncounted = new Set(made.keys());
  return prepared.map(({ slice, cached }) => ({
    slice,
    embedding: cached ?? made.get(slice.pixelHash)!,
    backboneRan: uncounted.delete(slice.pixelHash),
  }));
}

/** An image as the network sees it, `[256, 256, 3]`, with what its embedding is kept by. */
export interface KeptImage {
  pixelHash: string;
  input: Uint8Array;
}

/** Embeds images, in order, from the cache where it can; the others are kept. Throws as `embed` does. */
export async function embedKept(
  inference: Inference,
  images: readonly KeptImage[],
  signal?: AbortSignal,
): Promise<SliceEmbedding[]> {
  const cached = await Promise.all(images.map(({ pixelHash }) => readCached(inference, pixelHash)));
  const missing = images.filter((_, index) => !cached[index]);
  const made = await embedAndKeep(inference, missing, signal);
  return images.map(({ pixelHash }, index) => cached[index] ?? made.get(pixelHash)!);
}

/** By pixel hash. Equal pixels are one image. */
async function embedAndKeep(
  inference: Inference,
  images: readonly KeptImage[],
  signal?: AbortSignal,
): Promise<Map<string, SliceEmbedding>> {
  const missing = new Map(images.map(({ pixelHash, input }) => [pixelHash, input]));
  const made = new Map<string, SliceEmbedding>();
  if (missing.size === 0) return made;
  const embeddings = await embedInputs(inference, [...missing.values()], signal);
  await Promise.all(
    [...missing.keys()].map(async (pixelHash, index) => {
      made.set(pixelHash, embeddings[index]!);
      await writeCached(inference, pixelHash, embeddings[index]!);
    }),
  );
  return made;
}

/** Embeds images as the network sees them, `[256, 256, 3]` each, in order; nothing is kept. Throws as `embed` does. */
export async function embedInputs(
  inference: Inference,
  inputs: readonly Uint8Array[],
  signal?: AbortSignal,
): Promise<SliceEmbedding[]> {
  const { features, maskLogits, gapLogits } = await inference.embed(Buffer.concat(inputs), { signal });
  return inputs.map((_, index) => ({
    features: features.subarray(index * FEATURE_LENGTH, (index + 1) * FEATURE_LENGTH),
    maskLogits: maskLogits?.subarray(index * maskLength, (index + 1) * maskLength) ?? null,
    gapLogit: gapLogits?.[index] ?? null,
  }));
}

/** Whether a slice's features are kept already; one look at the disk. */
export function isEmbedded(base: OnBase, { pixelHash }: EmbeddableSlice): boolean {
  return hasDerived(cacheKey(base, pixelHash));
}

type OnBase = Pick<Inference, "baseSha256">;

/**
 * (base, preprocessing, pixels): change one and the features are made again. A base in int8 is a base of its own; `f32`
 * says how the values are kept.
 */
function cacheKey(inference: OnBase, pixelHash: string) {
  return `features/${inference.baseSha256.slice(0, 16)}-p${PREPROCESSING_VERSION}-f32/${pixelHash.slice(0, 2)}/${pixelHash}`;
}

/** Values that are kept of an image: the features, the mask's logits where there are any, and the last value. */
function keptLength(inference: Inference) {
  return FEATURE_LENGTH + (inference.gives("mask") ? maskLength : 0) + 1;
}

/**
 * Kept last, and never 0, where the base has no class score. Blocks of a file that never reached the disk read as
 * zeros: then the last value is 0 too, which a class score never is.
 */
const endMark = 1;

async function readCached(inference: Inference, pixelHash: string): Promise<SliceEmbedding | null> {
  const length = keptLength(inference);
  const bytes = await getDerived(cacheKey(inference, pixelHash));
  if (bytes?.length !== length * 4) return null;
  const values = new Float32Array(length);
  new Uint8Array(values.buffer).set(bytes);
  const last = values[length - 1]!;
  if (last === 0) return null;
  return {
    features: values.subarray(0, FEATURE_LENGTH),
    maskLogits: inference.gives("mask") ? values.subarray(FEATURE_LENGTH, FEATURE_LENGTH + maskLength) : null,
    gapLogit: inference.gives("gap") ? last : null,
  };
}

async function writeCached(inference: Inference, pixelHash: string, embedding: SliceEmbedding) {
  const values = new Float32Array(keptLength(inference));
  values.set(embedding.features);
  if (embedding.maskLogits) values.set(embedding.maskLogits, FEATURE_LENGTH);
  values[values.length - 1] = embedding.gapLogit ?? endMark;
  await putDerived(cacheKey(inference, pixelHash), new Uint8Array(values.buffer));
}
