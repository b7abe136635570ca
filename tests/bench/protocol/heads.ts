import { pickBackend } from "@/lib/engine/tensors/backend";
import { FEATURE_LENGTH, initialHead } from "@/lib/science/network/head";
import type { Folds } from "@/lib/science/training/assign-folds";
import { tumorMargins } from "@/lib/science/training/calibrate";
import { fitHead } from "@/lib/science/training/fit-head";
import { FIT_DEFAULTS, type FitOptions } from "@/lib/science/training/fitting-options";
import { headLogits } from "@/lib/science/training/head-logits";
import { seededRandom, seedOf } from "@/lib/science/training/random";
import type { ProtocolSlice } from "./embedded-set";

/** A way to fit the heads, as far as it differs from the plain one. */
export interface HeadVariant {
  what: string;
  options?: Partial<FitOptions>;
  /** Which slices are fitted on, beside the fold that is left out. */
  fitsOn?: (slice: ProtocolSlice) => boolean;
  /** Further views of each image that are fitted on as well. */
  views?: ("mirrored" | "shifted")[];
  /** Heads of a fold, with seeds of their own; their margins are averaged. */
  heads?: number;
  /** Each head is fitted on patients drawn with replacement. */
  bootstrap?: boolean;
  /** What a slice weighs, and what its label says. */
  label?: (slice: ProtocolSlice) => { truth: 0 | 1; weight: number };
}

/** The plain head of the reference: Adam 1e-4, weight decay 1e-4, batch 64, dropout 0.3, ten epochs. */
export const plain: Partial<FitOptions> = {
  ...FIT_DEFAULTS,
  learningRate: 1e-4,
  weightDecay: 1e-4,
  batchSize: 64,
  dropout: 0.3,
  maxEpochs: 10,
  patience: null,
};

/** The margin of every slice that has a fold, by heads that were not fitted on its fold. */
export async function crossFitMargins(
  slices: readonly ProtocolSlice[],
  folds: Folds,
  seed: number,
  variant: Omit<HeadVariant, "what">,
): Promise<Map<ProtocolSlice, number>> {
  const { tf } = await pickBackend();
  const margins = new Map<ProtocolSlice, number>();
  for (let fold = 0; fold < folds.count; fold++) {
    const left = slices.filter(({ hashedKey }) => folds.of.get(hashedKey) === fold);
    const others = slices.filter(
      (slice) => folds.of.get(slice.hashedKey) !== fold && (variant.fitsOn?.(slice) ?? true),
    );
    const features = rowsOf(left.map(({ embedding }) => embedding.features));
    const sums = new Float64Array(left.length);
    const heads = variant.heads ?? 1;
    for (let head = 0; head < heads; head++) {
      const own = seedOf("protocol", seed, fold, head);
      const drawn = variant.bootstrap ? drawPatients(others, own) : others;
      const shown = (["embedding", ...(variant.views ?? [])] as const).flatMap((view) =>
        drawn.map((slice) => ({ slice, features: slice[view].features })),
      );
      const labels = shown.map(({ slice }) => variant.label?.(slice) ?? { truth: slice.truth, weight: 1 });
      const fitted = await fitHead(tf, {
        train: {
          features: rowsOf(shown.map((view) => view.features)),
          truth: Uint8Array.from(labels, ({ truth }) => truth),
          weights: Float32Array.from(labels, ({ weight }) => weight),
        },
        validation: { features, truth: Uint8Array.from(left, ({ truth }) => truth) },
        initial: initialHead(own),
        options: { ...plain, ...variant.options, seed: own },
      });
      const found = tumorMargins(await headLogits(tf, fitted.head, features));
      for (const [row, margin] of found.entries()) sums[row]! += margin / heads;
    }
    for (const [row, slice] of left.entries()) margins.set(slice, sums[row]!);
  }
  return margins;
}

export function rowsOf(features: readonly Float32Array[]): Float32Array {
  const rows = new Float32Array(features.length * FEATURE_LENGTH);
  for (const [row, own] of features.entries()) rows.set(own, row * FEATURE_LENGTH);
  return rows;
}

function drawPatients(slices: readonly ProtocolSlice[], seed: number): ProtocolSlice[] {
  const keys = [...new Set(slices.map(({ hashedKey }) => hashedKey))];
  const random = seededRandom(seed);
  return keys.flatMap(() => {
    const key = keys[Math.floor(random() * keys.length)]!;
    return slices.filter(({ hashedKey }) => hashedKey === key);
  });
}
