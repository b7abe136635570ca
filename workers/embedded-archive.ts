import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import type { SliceEmbedding } from "./embed-slices";
import type { Inference } from "./inference";
import type { LabelledSlice, readLabelledArchive } from "./labelled-archive";

/** A slice of an archive without its pixels, which are only needed to embed it. */
export type EmbeddedArchiveSlice = Omit<LabelledSlice, "input"> & { embedding: SliceEmbedding };

const maskLength = MASK_SIZE * MASK_SIZE;

/** Embeds an archive study by study; nothing is kept. `onProgress` is told how many slices are done. */
export async function* embedArchive(
  archive: Awaited<ReturnType<typeof readLabelledArchive>>,
  inference: Inference,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<EmbeddedArchiveSlice[]> {
  let study: EmbeddedArchiveSlice[] = [];
  let done = 0;
  for await (const window of archive.windows()) {
    for (const slice of await embedWindow(inference, window)) {
      // An archive comes one study after the other.
      if (study.length > 0 && study[0]!.studyKey !== slice.studyKey) {
        yield study;
        study = [];
      }
      study.push(slice);
    }
    done += window.length;
    onProgress(done, archive.total);
  }
  if (study.length > 0) yield study;
}

async function embedWindow(inference: Inference, window: LabelledSlice[]): Promise<EmbeddedArchiveSlice[]> {
  if (window.length === 0) return [];
  const { length } = window[0]!.input;
  const pixels = new Uint8Array(window.length * length);
  for (const [index, { input }] of window.entries()) pixels.set(input, index * length);
  const { features, maskLogits, gapLogits } = await inference.embed(pixels);
  return window.map(({ input: _, ...slice }, index) => ({
    ...slice,
    embedding: {
      features: features.subarray(index * FEATURE_LENGTH, (index + 1) * FEATURE_LENGTH),
      maskLogits: maskLogits?.subarray(index * maskLength, (index + 1) * maskLength) ?? null,
      gapLogit: gapLogits?.[index] ?? null,
    },
  }));
}
