import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BrowserContext, chromium } from "@playwright/test";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";
import { Children } from "../../bin/setup/children.mjs";
import { testFolder } from "../../bin/setup/test-database.mjs";
import { forgetOperatorsSettings, withProduct } from "../../bin/setup/test-installation.mjs";
import { browserFlags, installedBrowser } from "../support/browser.mjs";
import { studyArchive } from "../support/small-images";
import type { LatencyResult, LatencyRow } from "./measure";
import { firstImage, nextSlice, type ReadStudy, stripStep, stroke } from "./viewer-waits";

/** Slices of the study that is read; after one another the images of one phantom, so that they are soon predicted. */
const slices = 500;
const study = "BENCH_VIEWER_0001_20240102";
/**
 * Milliseconds from a key press or a move of the pointer to the end of the frame that shows what came of it, in Chromium
 * with WebGL in software, on an installation of its own with a study of 500 slices of 256 x 256; beside a bare page that
 * puts the same pixels on a canvas. The first image counts from the navigation.
 */
export async function bench(): Promise<LatencyResult> {
  forgetOperatorsSettings();
  const executablePath = installedBrowser();
  if (!executablePath) throw new Error("There is no Chromium: see `npm test`");
  const rows: LatencyRow[] = [];
  const work = async (env: Record<string, string>) => {
    Object.assign(process.env, env);
    rows.push(...(await readInBrowser(executablePath, await importStudy(), env.SULCUS_URL!)));
  };
  const children = new Children();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => children.stop(12_000).then(() => process.exit(130)));
  }
  await withProduct(children, path.join(testFolder, "bench"), work, console.error);
  return { name: "viewer", unit: "ms", rows };
}

/** All rows, one after the other in one browser; each is told on standard error as it comes. */
export async function readInBrowser(
  executablePath: string,
  study: ReadStudy,
  url: string,
): Promise<LatencyRow[]> {
  const profile = await mkdtemp(path.join(tmpdir(), "sulcus-bench-"));
  const context = await openContext(executablePath, profile, url);
  try {
    const rows: LatencyRow[] = [];
    for (const measured of [firstImage, nextSlice(1), nextSlice(2), stroke, stripStep]) {
      const row = await measured(context, study);
      console.error(`  │ ${row.what}: ${row.ours.p50.toFixed(1)} ms`);
      rows.push(row);
    }
    return rows;
  } finally {
    await context.close();
    await rm(profile, { recursive: true });
  }
}

export async function importStudy(): Promise<ReadStudy> {
  const { importPhantoms, query } = await import("../e2e/support/installation");
  const drawn = makePhantomPatient(1, 0).slices;
  const made = Array.from({ length: slices }, (_, at) => ({
    ...drawn[at % drawn.length]!,
    rows: PHANTOM_SIZE,
    columns: PHANTOM_SIZE,
    position: at + 1,
  }));
  await importPhantoms(studyArchive(study, made));
  // A busy worker would be measured as well.
  const busy = `SELECT 1 FROM "Job" WHERE "status" IN ('WAITING', 'RUNNING') LIMIT 1`;
  while ((await query(busy)).length > 0) await sleep(500);
  const found = await query<{ studyId: string; id: string }>(
    `SELECT "studyId", "Slice"."id" FROM "Slice" JOIN "Study" ON "Study"."id" = "studyId"
     WHERE "Study"."key" = $1 ORDER BY "position"`,
    [study],
  );
  return { studyId: found[0]!.studyId, ids: found.map(({ id }) => id) };
}

/** A reader's own browser, which keeps compiled scripts from visit to visit. */
async function openContext(
  executablePath: string,
  profile: string,
  baseURL: string,
): Promise<BrowserContext> {
  const { demoAccount } = await import("../e2e/support/installation");
  const { signInByRequest } = await import("../e2e/support/session");
  const client = await signInByRequest(baseURL, demoAccount("READER"));
  const { cookies } = await client.storageState();
  await client.dispose();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: browserFlags,
    baseURL,
    viewport: { width: 1440, height: 900 },
  });
  await context.addCookies(cookies);
  await context.addInitScript({ path: path.join(import.meta.dirname, "viewer-clock.js") });
  return context;
}
