import { seededRandom, seedOf } from "../random";
import {
  type AugmentationLimits,
  augmentImage,
  augmentMask,
  drawAugmentation,
  NO_AUGMENTATION,
} from "./augment-slice";
import { maskTargetOf } from "./slice-losses";

/** One labelled slice as the network's frame has it. */
export interface FineTuneSlice {
  /** `[size, size, 3]`, 8 bits. */
  pixels: Uint8Array;
  /** 1 for tumor, else 0. */
  truth: 0 | 1;
  /** `[size, size]` of 0/1; null where the label states the class alone. */
  mask: Uint8Array | null;
}

/** Labelled slices that are read when they are needed: an image is 196 kB, and a set has thousands. */
export interface FineTuneSet {
  readonly length: number;
  slice(index: number): Promise<FineTuneSlice>;
}

/** Slices made ready for one pass through the network. */
export interface FineTuneBatch {
  /** `[slices, size, size, 3]`, RGB / 255. */
  images: Float32Array;
  /** `[slices]` */
  truth: Uint8Array;
  /** `[maskSize, maskSize]` of each slice, or null where it states no mask. */
  masks: (Float32Array | null)[];
}

/** Which changes a training slice gets: they follow from the seed, the epoch and the slice's place in its set. */
export interface AugmentationSeed {
  seed: number;
  epoch: number;
  limits: AugmentationLimits;
}

/** Reads slices of a set and, while training, changes each in its own way. */
export async function prepareBatch(
  set: FineTuneSet,
  indices: ArrayLike<number>,
  { size, maskSize }: { size: number; maskSize: number },
  augmentation: AugmentationSeed | null,
): Promise<FineTuneBatch> {
  const slices = await Promise.all(Array.from(indices, (index) => set.slice(index)));
  const length = size * size * 3;
  const batch: FineTuneBatch = {
    images: new Float32Array(slices.length * length),
    truth: Uint8Array.from(slices, ({ truth }) => truth),
    masks: [],
  };
  for (const [row, { pixels, mask }] of slices.entries()) {
    const change = augmentation
      ? drawAugmentation(
          seededRandom(seedOf("augment", augmentation.seed, augmentation.epoch, indices[row]!)),
          augmentation.limits,
        )
      : NO_AUGMENTATION;
    batch.images.set(augmentImage(pixels, size, change), row * length);
    batch.masks.push(mask && maskTargetOf(augmentMask(mask, size, change), size, maskSize));
  }
  return batch;
}
