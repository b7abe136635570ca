import { z } from "zod";
import type { BaseOutput } from "@/lib/features/bases/schema";
import { baseOutputs } from "@/lib/features/bases/schema";
import { openArchive } from "@/lib/platform/archive";
import { ArchiveError } from "@/lib/platform/archive-entry";
import { invalid } from "@/lib/platform/errors";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { ImageError } from "@/lib/science/imaging/image-problem";
import { toNetworkInput } from "@/lib/science/imaging/to-network-input";
import { IMAGE_LENGTH } from "@/lib/science/network/network-node";
import { readSafetensors } from "@/lib/science/network/safetensors";

/** What a base is known to say of some images. */
export interface GoldenOutputs {
  /** `[N, 256, 256, 3]`: floats RGB / 255, or bytes. */
  images: Float32Array | Uint8Array;
  /** `features` `[N, 8192]`, `mask` `[N, 64, 64]` and `gap` `[N]`, logits: those that the file holds. */
  outputs: Map<BaseOutput, Float32Array>;
}

const SliceNames = z.array(z.string()).min(1);

/**
 * Reads a golden file: safetensors with `features`, `mask` or `gap`, and its images, either inside (`image`
 * `[N, 256, 256, 3]`, RGB / 255) or as names of slices (metadata `slices`, a JSON list) in a zip or folder.
 *
 * Throws `invalid` where the file cannot be read, holds nothing to compare, or its images are not found.
 */
export async function readGolden(bytes: Uint8Array, archivePath: string | undefined): Promise<GoldenOutputs> {
  const { tensors, metadata } = read(bytes);
  const outputs = new Map(
    baseOutputs.flatMap((name) => {
      const tensor = tensors.get(name);
      return tensor ? [[name, tensor.values] as const] : [];
    }),
  );
  if (outputs.size === 0) throw invalid("golden", { code: "golden-empty" });
  const image = tensors.get("image");
  if (image) {
    if (image.values.length === 0 || image.values.length % IMAGE_LENGTH !== 0)
      throw invalid("golden", { code: "golden-image-shape" });
    return { images: image.values, outputs };
  }
  const names = sliceNames(metadata.slices);
  if (!names) throw invalid("golden", { code: "golden-without-images" });
  if (!archivePath) throw invalid("data", { code: "golden-needs-archive", slice: names[0]! });
  return { images: await readSlices(archivePath, names), outputs };
}

function read(bytes: Uint8Array) {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    throw invalid("golden", { code: "golden-unreadable", cause: (error as Error).message });
  }
}

function sliceNames(text = ""): string[] | null {
  try {
    return SliceNames.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Slices by name as the network takes them, one after the other; folders above a name do not matter. */
async function readSlices(archivePath: string, names: string[]): Promise<Uint8Array> {
  const refused = (error: unknown) =>
    error instanceof ArchiveError || error instanceof ImageError
      ? invalid("data", { code: "data-unreadable", path: archivePath, problem: error.said })
      : error;
  const archive = await openArchive(archivePath).catch((error) => {
    throw refused(error);
  });
  try {
    const paths: string[] = [];
    for await (const { path } of archive.entries()) paths.push(path);
    const pixels = new Uint8Array(names.length * IMAGE_LENGTH);
    for (const [index, name] of names.entries()) {
      const path = paths.find((candidate) => candidate === name || candidate.endsWith(`/${name}`));
      if (!path) throw invalid("data", { code: "data-lacks-slice", path: archivePath, slice: name });
      pixels.set(toNetworkInput(await decodeImage(await archive.read({ path }))), index * IMAGE_LENGTH);
    }
    return pixels;
  } catch (error) {
    throw refused(error);
  } finally {
    await archive.close();
  }
}
