import { type ChannelHistograms, channelHistograms } from "@/lib/science/imaging/channel-histograms";
import { decodeImage, decodeMask } from "@/lib/science/imaging/decode-image";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import { pixelHash } from "@/lib/science/imaging/pixel-hash";

/** What an import keeps of an image beside its file. */
export interface ImageFacts {
  rows: number;
  columns: number;
  pixelHash: string;
  histograms: ChannelHistograms;
}

/** What an import keeps of a mask file. */
export interface MaskFacts {
  rows: number;
  columns: number;
  areaPixels: number;
  /** As masks are stored (lib/science/imaging/mask-rle.ts). */
  runs: Uint8Array;
}

/** What can be found out about a file's bytes. Each throws `ImageError`. */
export const examinations = {
  async image(bytes: Uint8Array): Promise<ImageFacts> {
    const image = await decodeImage(bytes);
    const { rows, columns } = image;
    return { rows, columns, pixelHash: pixelHash(image), histograms: channelHistograms(image) };
  },
  async mask(bytes: Uint8Array): Promise<MaskFacts> {
    const { rows, columns, data } = await decodeMask(bytes);
    return { rows, columns, areaPixels: maskArea(data), runs: encodeMask(data, rows, columns) };
  },
};
export type Examinations = typeof examinations;
