import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { enterBase } from "@/lib/features/bases/register-base";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { baseOutputs } from "@/lib/features/bases/schema";
import { invalid } from "@/lib/platform/errors";
import { getObject, putObject } from "@/lib/platform/storage";
import { type Ranges, toInt8Base } from "@/lib/science/network/int8-base";
import { readLabelledArchive } from "../embedding/labelled-archive";
import { basePath, readBaseCard } from "./base-network";
import { measureRanges } from "./measure-ranges";

/** Slices of either class on which ranges are measured. */
const perClass = 32;

/** The ranges of a base's values, as they are kept in a file: measured once, the same bytes for everyone. */
export const RangesFile = z.strictObject({
  /** The base they were measured on. */
  baseSha256: z.string(),
  /** The base that they make of it. */
  int8Sha256: z.string(),
  slices: z.int(),
  /** Hashed keys: patients that the base has seen, so that no test patient has a part in them. */
  patients: z.array(z.string()),
  ranges: z.array(z.tuple([z.string(), z.number(), z.number()])),
});
export type RangesFile = z.output<typeof RangesFile>;

/** Ranges of the shipped base, so that int8 can be had without a data set. */
export const shippedRangesPath = path.join(import.meta.dirname, "../shipped/resnet50-lgg-base.int8.json");

/**
 * Measures the ranges of a registered base on slices of a labelled archive, of patients that the base has seen.
 * Throws `not-found` for an unknown base, `invalid` where the archive holds none of its patients or cannot be read.
 */
export async function calibrateBase(
  baseSha256: string,
  archive: string,
  onProgress: (done: number, total: number) => void,
): Promise<{ about: Omit<RangesFile, "int8Sha256" | "ranges">; ranges: Ranges }> {
  const base = await registeredBase(baseSha256);
  const chosen = await chooseSlices(archive, new Set(base.seenPatients));
  if (chosen.length === 0)
    throw invalid("data", { code: "data-without-seen-patient", path: archive, base: base.name });
  const images = chosen.map(({ input }) => input);
  const ranges = await measureRanges(await getObject(baseSha256), images, (done) =>
    onProgress(done, images.length),
  );
  const patients = [...new Set(chosen.map(({ hashedKey }) => hashedKey))].sort();
  return { about: { baseSha256, slices: images.length, patients }, ranges };
}

/**
 * Enters the int8 base that ranges make of a registered base; returns its hash. Safe to repeat. It has seen the patients that its
 * parent has seen, and its features are kept apart, as every base's are.
 */
export async function registerInt8Base(
  { baseSha256, slices }: Pick<RangesFile, "baseSha256" | "slices">,
  ranges: Ranges,
): Promise<string> {
  const parent = await registeredBase(baseSha256);
  const sha256 = await putObject(toInt8Base(await getObject(baseSha256), ranges));
  await enterBase({
    sha256,
    name: `${parent.name} int8`,
    parentSha256: baseSha256,
    runId: null,
    seenPatients: [],
    outputs: baseOutputs.filter((output) => parent.outputs.includes(output)),
    precision: "INT8",
    card: { kind: "the parent's weights, run in int8", precision: "int8", calibrationSlices: slices },
  });
  return sha256;
}

/** Enters the int8 form of the shipped base, and returns its hash. Throws where the shipped ranges do not fit it. */
export async function ensureShippedInt8Base(): Promise<string> {
  const file = RangesFile.parse(JSON.parse(await readFile(shippedRangesPath, "utf8")));
  if (file.baseSha256 !== (await readBaseCard()).sha256)
    throw new Error("the shipped ranges belong to another base than the shipped one");
  const sha256 = await registerInt8Base(file, rangesOfFile(file));
  if (sha256 !== file.int8Sha256) throw new Error("the shipped ranges do not make the base that they name");
  return sha256;
}

/** The int8 form's file of the shipped base, made without a database. */
export async function shippedInt8Form(): Promise<Uint8Array> {
  const file = RangesFile.parse(JSON.parse(await readFile(shippedRangesPath, "utf8")));
  return toInt8Base(await readFile(basePath), rangesOfFile(file));
}

const rangesOfFile = ({ ranges }: RangesFile): Ranges =>
  new Map(ranges.map(([name, low, high]) => [name, { low, high }]));

interface ChosenSlice {
  hashedKey: string;
  input: Uint8Array;
}

/** Up to `perClass` slices of either class, spread over the archive's patients that are in `seen`. */
async function chooseSlices(archive: string, seen: ReadonlySet<string>): Promise<ChosenSlice[]> {
  const slices = await readLabelledArchive(archive, { has: (hashedKey) => !seen.has(hashedKey) });
  const classes = [new Spread<ChosenSlice>(), new Spread<ChosenSlice>()];
  for await (const window of slices.windows())
    for (const { hashedKey, input, truth } of window)
      if (truth !== null) classes[truth]!.offer({ hashedKey, input });
  return classes.flatMap((kept) => kept.take(perClass));
}

/** Keeps every k-th of what it is offered, k doubling so that never more than four times `perClass` are held. */
class Spread<T> {
  #kept: T[] = [];
  #step = 1;
  #offered = 0;

  offer(item: T) {
    if (this.#offered++ % this.#step !== 0) return;
    this.#kept.push(item);
    if (this.#kept.length < 4 * perClass) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#step *= 2;
  }

  take(count: number): T[] {
    const { length } = this.#kept;
    if (length <= count) return this.#kept;
    return Array.from({ length: count }, (_, index) => this.#kept[Math.floor((index * length) / count)]!);
  }
}
