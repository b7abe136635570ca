import { createHash } from "node:crypto";
import type { LabelClass, Split } from "@/lib/platform/generated/enums";

/** A labelled slice as a snapshot froze it. */
export interface FrozenItem {
  sliceId: string;
  pixelHash: string;
  labelId: string;
  version: number;
  labelClass: LabelClass;
  maskSha256: string | null;
  split: Split;
}

/** A slice without a usable label, looked at as a neighbour. */
export interface FrozenContext {
  sliceId: string;
  pixelHash: string;
}

/**
 * SHA-256 over what a run learns from, in hex: every labelled slice in order with its pixels, label version, what the
 * label states and its split, then every context slice.
 */
export async function snapshotHash(items: Rows<FrozenItem>, context: Rows<FrozenContext>): Promise<string> {
  const hash = createHash("sha256");
  for await (const { sliceId, pixelHash, labelId, version, labelClass, maskSha256, split } of items)
    hash.update(
      `${sliceId} ${pixelHash} ${labelId} ${version} ${labelClass} ${maskSha256 ?? "none"} ${split}\n`,
    );
  for await (const { sliceId, pixelHash } of context) hash.update(`${sliceId} ${pixelHash} context\n`);
  return hash.digest("hex");
}

/** The hash of snapshots that were taken before there were context slices: over slice, label version and split alone. */
export async function firstSnapshotHash(items: Rows<FrozenItem>): Promise<string> {
  const hash = createHash("sha256");
  for await (const { sliceId, labelId, version, split } of items)
    hash.update(`${sliceId} ${labelId} ${version} ${split}\n`);
  return hash.digest("hex");
}

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;
