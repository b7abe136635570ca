import type { Inference } from "../inference/inference";
import { embedInputs, embedKept, type SliceEmbedding } from "./embed-slices";
import type { LabelledSlice, readLabelledArchive } from "./labelled-archive";

/** A slice of an archive without its pixels, which are only needed to embed it. */
export type EmbeddedArchiveSlice = Omit<LabelledSlice, "input"> & { embedding: SliceEmbedding };

/**
 * Embeds an archive study by study. `onProgress` is told how many slices are done. Nothing is kept in the data folder,
 * unless `keep` says so: the next time is quick then. Throws the signal's reason.
 */
export async function* embedArchive(
  archive: Awaited<ReturnType<typeof readLabelledArchive>>,
  inference: Inference,
  onProgress: (done: number, total: number) => void,
  { keep = false, signal }: { keep?: boolean; signal?: AbortSignal } = {},
): AsyncGenerator<EmbeddedArchiveSlice[]> {
  let study: EmbeddedArchiveSlice[] = [];
  let done = 0;
  for await (const window of archive.windows()) {
    signal?.throwIfAborted();
    const embeddings = keep
      ? await embedKept(inference, window, signal)
      : await embedInputs(
          inference,
          window.map(({ input }) => input),
          signal,
        );
    for (const [index, { input: _, ...labelled }] of window.entries()) {
      const slice = { ...labelled, embedding: embeddings[index]! };
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
