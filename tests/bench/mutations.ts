import "../support/database-for-tests";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { imageProcesses } from "@/lib/features/imports/images/image-processes";
import { importArchive } from "@/lib/features/imports/import-archive";
import { toBase64 } from "@/lib/features/labels/base64";
import { checkStrokes } from "@/lib/features/labels/check-strokes";
import { SaveDraft } from "@/lib/features/labels/schema";
import { openArchive } from "@/lib/platform/archive";
import { ArchiveError } from "@/lib/platform/archive-entry";
import { database, disconnect } from "@/lib/platform/database";
import { AppError } from "@/lib/platform/errors";
import { systemActor } from "@/lib/records/access";
import { ImageError } from "@/lib/science/imaging/image-problem";
import { maskChange } from "@/lib/science/imaging/mask-change";
import { decodeMaskRuns, encodeMask } from "@/lib/science/imaging/mask-rle";
import { parseCsv, TableError } from "@/lib/science/imaging/parse-csv";
import { seededRandom } from "@/lib/science/training/random";
import { emptyDatabase } from "../support/factories";
import { makeZip } from "../support/make-zip";
import type { BenchOptions, TextResult } from "./measure";
import { unwatched } from "./slices";

/*
 * Seeded mutations of every kind of input that is accepted: each must be taken or refused with a reason, within 30 s. A
 * fault is any other error; a half import is one that failed and left rows. The same seed makes the same mutations.
 */

const hangMs = 30_000;

interface Kind {
  name: string;
  /** Of all mutations, this part. */
  share: number;
  samples: Uint8Array[];
  take(bytes: Uint8Array): Promise<unknown>;
}

interface Outcome {
  taken: number;
  refused: number;
  faults: string[];
  hangs: number;
  slowestMs: number;
}

export async function bench({ count = "10000" }: BenchOptions): Promise<TextResult> {
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-mutations-"));
  await emptyDatabase();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const lines = ["mutations: taken, refused, faults, hangs, slowest"];
  for (const [at, kind] of (await makeKinds(folder)).entries()) {
    const outcome = await run(kind, Math.round(Number(count) * kind.share), at + 1);
    const { taken, refused, faults, hangs, slowestMs } = outcome;
    lines.push(
      `${kind.name.padEnd(14)}${taken}  ${refused}  ${faults.length}  ${hangs}  ${(slowestMs / 1_000).toFixed(2)} s`,
    );
    lines.push(...[...new Set(faults)].slice(0, 5).map((fault) => `  ${fault}`));
  }
  clearInterval(watch);
  lines.push(`peak memory of the importing process: ${Math.round(peak / 2 ** 20)} MB`);
  await disconnect();
  await rm(folder, { recursive: true });
  return { name: "mutations", lines };
}

async function run({ samples, take }: Kind, count: number, seed: number): Promise<Outcome> {
  const random = seededRandom(seed);
  const outcome: Outcome = { taken: 0, refused: 0, faults: [], hangs: 0, slowestMs: 0 };
  for (let index = 0; index < count; index++) {
    const bytes = mutated(samples[index % samples.length]!, random);
    const began = performance.now();
    try {
      await take(bytes);
      outcome.taken++;
    } catch (error) {
      if (isRefusal(error)) outcome.refused++;
      else outcome.faults.push(`mutation ${index}: ${error}`);
    }
    const ms = performance.now() - began;
    outcome.slowestMs = Math.max(outcome.slowestMs, ms);
    if (ms > hangMs) outcome.hangs++;
  }
  return outcome;
}

const isRefusal = (error: unknown) =>
  [AppError, ArchiveError, ImageError, TableError, RangeError].some((kind) => error instanceof kind);

async function makeKinds(folder: string): Promise<Kind[]> {
  const rgb = noise(64 * 64 * 3);
  const image = () => sharp(rgb, { raw: { width: 64, height: 64, channels: 3 } });
  const tiffs = await Promise.all([
    image().tiff({ compression: "none" }).toBuffer(),
    image().tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer(),
    image().tiff({ compression: "deflate", tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    image().toColourspace("rgb16").tiff({ compression: "none" }).toBuffer(),
  ]);
  const pngs = await Promise.all([
    image().png().toBuffer(),
    image().png({ palette: true }).toBuffer(),
    image().toColourspace("rgb16").png({ progressive: true }).toBuffer(),
  ]);
  const jpegs = await Promise.all([
    image().jpeg().toBuffer(),
    image().jpeg({ progressive: true }).toBuffer(),
  ]);
  const mask = Uint8Array.from({ length: 64 * 64 }, (_, index) => (index % 97 < 20 ? 1 : 0));
  const change = maskChange(new Uint8Array(64 * 64), mask);
  const draft = {
    sliceId: "00000000-0000-4000-8000-000000000000",
    id: "00000000-0000-4000-8000-000000000001",
    baseLabelId: null,
    revision: 1,
    strokes: [{ tool: "brush", change: toBase64(change) }],
    done: 1,
  };
  const table =
    "patient_id,image_path,mask_path,mask\n" +
    Array.from({ length: 40 }, (_, row) => `TCGA_CS_0001,a/b_${row}.tif,a/b_${row}_mask.tif,${row % 2}`).join(
      "\n",
    );
  const study = "TCGA_CS_0001_19990102";
  const zips = [false, true].map((store) =>
    makeZip([
      { name: `${study}/${study}_1.png`, bytes: pngs[0]!, store },
      { name: `${study}/${study}_2.tif`, bytes: tiffs[0]!, store },
      { name: "data.csv", bytes: Buffer.from(table), store },
    ]),
  );
  const file = path.join(folder, "mutated.zip");
  return [
    { name: "TIFF", share: 0.2, samples: tiffs, take: (bytes) => imageProcesses.examine("image", bytes) },
    { name: "PNG", share: 0.15, samples: pngs, take: (bytes) => imageProcesses.examine("image", bytes) },
    { name: "JPEG", share: 0.1, samples: jpegs, take: (bytes) => imageProcesses.examine("mask", bytes) },
    {
      name: "zip",
      share: 0.2,
      samples: zips,
      async take(bytes) {
        await writeFile(file, bytes);
        const archive = await openArchive(file);
        try {
          for await (const entry of archive.entries()) await archive.read(entry);
        } finally {
          await archive.close();
        }
      },
    },
    {
      name: "import of a zip",
      share: 0.05,
      samples: zips,
      async take(bytes) {
        await writeFile(file, bytes);
        const before = await rowsOfRecords();
        const { importId } = await beginPathImport(systemActor, { file });
        try {
          await importArchive({ importId }, unwatched);
        } catch (error) {
          if ((await rowsOfRecords()) !== before) throw new Error("a half import", { cause: error });
          throw error;
        }
      },
    },
    {
      name: "CSV",
      share: 0.1,
      samples: [Buffer.from(table)],
      take: async (bytes) => parseCsv(Buffer.from(bytes).toString("utf8")),
    },
    {
      name: "mask",
      share: 0.1,
      samples: [encodeMask(mask, 64, 64)],
      take: async (bytes) => decodeMaskRuns(bytes),
    },
    {
      name: "JSON of a draft",
      share: 0.1,
      samples: [Buffer.from(JSON.stringify(draft))],
      async take(bytes) {
        const parsed = SaveDraft.safeParse(jsonOf(Buffer.from(bytes).toString("utf8")));
        if (!parsed.success) throw new RangeError("refused by the schema");
        checkStrokes(parsed.data.strokes, { rows: 64, columns: 64 });
      },
    },
  ];
}

async function rowsOfRecords(): Promise<string> {
  const db = database();
  const counts = [db.patient.count(), db.study.count(), db.slice.count(), db.label.count()];
  return (await Promise.all(counts)).join();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Up to four changes: bits, bytes, lengths at their extremes, a cut, a part repeated or taken out. */
function mutated(sample: Uint8Array, random: () => number): Uint8Array {
  let bytes = Buffer.from(sample);
  const at = () => Math.floor(random() * bytes.length);
  for (let change = 0; change <= random() * 4 && bytes.length > 8; change++) {
    const [from, kind] = [at(), Math.floor(random() * 7)];
    const length = 1 + Math.floor(random() * Math.min(64, bytes.length - from));
    const extreme = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff][Math.floor(random() * 5)]!;
    if (kind === 0) bytes[from]! ^= 1 << Math.floor(random() * 8);
    else if (kind === 1) bytes.fill(Math.floor(random() * 256), from, from + length);
    else if (kind === 2 && from + 4 <= bytes.length) bytes.writeUInt32LE(extreme, from);
    else if (kind === 3 && from + 4 <= bytes.length) bytes.writeUInt32BE(extreme, from);
    else if (kind === 4) bytes = bytes.subarray(0, Math.max(1, from));
    else if (kind === 5) bytes = Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)]);
    else if (kind === 6) bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
  }
  return bytes;
}

function noise(length: number): Uint8Array {
  const random = seededRandom(99);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}
