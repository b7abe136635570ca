import path from "node:path";
import { database } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { isLeftOver, type OldFile, oldFiles, removeOld } from "@/lib/platform/old-files";
import { dataFolder } from "@/lib/platform/storage";
import { columnsNamingObjects, unreferenced } from "@/lib/platform/unreferenced";
import { type Collected, keptDays } from "./collect-schema";

const dayMs = 24 * 60 * 60 * 1000;
export const daysAgo = (days: number, now: Date) => new Date(now.getTime() - days * dayMs);

/** Columns of JSON that never name an object in use: past events, what was said, and strokes, which are many and long. */
const namingNone = [
  "AuditEvent.detail",
  "Draft.strokes",
  "Import.error",
  "ImportedFile.reason",
  "Job.error",
  "Job.message",
  "PredictionFailure.reason",
];

interface Settings {
  now: Date;
  dryRun: boolean;
}

/** With so many objects unused, and more than half of all, the database may be another one's: a person decides. */
const suspiciouslyMany = 100;

/**
 * Objects that no record names. One that was stored a moment ago, and is named in a moment, is too young.
 *
 * Throws `conflict` where more than half of the old objects are unused, unless `most` allows it.
 */
export async function collectObjects({
  now,
  dryRun,
  most,
}: Settings & { most: boolean }): Promise<Collected> {
  const folder = await dataFolder("objects");
  const before = daysAgo(keptDays.object, now);
  let old = 0;
  const isObject = ({ key }: OldFile) => /^([0-9a-f]{2})\/\1[0-9a-f]{62}$/.test(key);
  const unused = await unreferenced(
    mapped(oldFiles(folder, before), (file) => {
      if (!isObject(file)) return null;
      old++;
      return path.basename(file.key);
    }),
    await columnsNamingObjects(namingNone),
  );
  if (!most && unused.length > suspiciouslyMany && unused.length > old / 2)
    throw conflict({ code: "objects-unnamed", unused: unused.length, objects: old });
  const names = new Set(unused);
  return collect(
    oldFiles(folder, before),
    before,
    dryRun,
    (file) => isObject(file) && names.has(path.basename(file.key)),
  );
}

/**
 * Derived files of what is no longer there: of bases that are not registered, heatmaps of rejected models, of pixels that
 * no slice has, of runs that have ended. A file whose name is not understood is left alone.
 */
export async function collectDerived({ now, dryRun }: Settings): Promise<Collected> {
  const before = daysAgo(keptDays.derived, now);
  const folder = await dataFolder("derived");
  const db = database();
  const bases = new Set((await db.base.findMany({ select: { sha256: true } })).map(({ sha256 }) => sha256));
  const models = await db.model.findMany({
    where: { state: { not: "REJECTED" } },
    select: { artifactSha256: true },
  });
  const active = await db.trainingRun.findMany({ where: { finishedAt: null }, select: { id: true } });
  const activeRuns = new Set(active.map(({ id }) => id));
  const short = (sha256: string) => sha256.slice(0, 16);
  const owners: Record<string, Set<string>> = {
    features: new Set([...bases].map(short)),
    conv5: new Set([...bases].map(short)),
    heatmaps: new Set(models.map(({ artifactSha256 }) => short(artifactSha256))),
  };
  const gone = new Set(
    await unreferenced(
      mapped(oldFiles(folder, before), ({ key }) => pixelsOf(key)),
      [{ table: "Slice", column: "pixelHash" }],
    ),
  );
  const derived = await collect(oldFiles(folder, before), before, dryRun, ({ key }) => {
    const [kind = "", owner = ""] = key.split("/");
    if (kind === "runs") return !activeRuns.has(owner);
    if (kind === "checkpoints") return true; // of versions before runs were done in steps
    if (kind in owners && /^[0-9a-f]{16}-/.test(owner) && !owners[kind]!.has(owner.slice(0, 16))) return true;
    const pixels = pixelsOf(key);
    return pixels !== null && gone.has(pixels);
  });
  const graphs = await collect(oldFiles(await dataFolder("graphs"), before), before, dryRun, ({ key }) => {
    const base = /^([0-9a-f]{64})-\w+\.onnx$/.exec(key)?.[1];
    return base !== undefined && !bases.has(base);
  });
  return sum([derived, graphs]);
}

/** The pixels that a derived file was made of, by its name; null where the name tells none. */
function pixelsOf(key: string): string | null {
  const found =
    /^(?:features|conv5|heatmaps)\/[\w.-]+\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(key) ??
    /^thumbnails\/([0-9a-f]{64})-\d+-\d+\.webp$/.exec(key);
  return found?.[1] ?? null;
}

/** What processes that were killed left half done. */
export async function collectLeftOvers({ now, dryRun }: Settings): Promise<Collected> {
  const before = daysAgo(keptDays.leftOver, now);
  const folders = await Promise.all(["objects", "derived", "graphs"].map(dataFolder));
  return sum(
    await Promise.all(
      folders.map((folder) =>
        collect(oldFiles(folder, before), before, dryRun, ({ key }) => isLeftOver(key)),
      ),
    ),
  );
}

/** Removes, or counts, the files that `isUnused`. */
export async function collect(
  files: AsyncIterable<OldFile>,
  before: Date,
  dryRun: boolean,
  isUnused: (file: OldFile) => boolean,
): Promise<Collected> {
  const collected = { count: 0, bytes: 0 };
  for await (const file of files) {
    if (!isUnused(file)) continue;
    if (!dryRun && !(await removeOld(file.path, before))) continue;
    collected.count++;
    collected.bytes += file.bytes;
  }
  return collected;
}

export function sum(parts: readonly Collected[]): Collected {
  return {
    count: parts.reduce((total, { count }) => total + count, 0),
    bytes: parts.reduce((total, { bytes }) => total + bytes, 0),
  };
}

async function* mapped(files: AsyncIterable<OldFile>, nameOf: (file: OldFile) => string | null) {
  for await (const file of files) {
    const name = nameOf(file);
    if (name !== null) yield name;
  }
}
