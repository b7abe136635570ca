import { rm } from "node:fs/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { endImport } from "@/lib/features/imports/end-import";
import { findImport } from "@/lib/features/imports/find-import";
import { importArchive } from "@/lib/features/imports/import-archive";
import { retryImport } from "@/lib/features/imports/retry-import";
import { countUnseenFailures } from "@/lib/features/jobs/count-unseen-failures";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor } from "../../support/factories";
import { sendUpload } from "../../support/send-upload";
import { layOut, smallSet, untroubled } from "./small-set";

let admin: Actor;
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
});
afterAll(disconnect);

const diskFull = { code: "disk-full" } as const;

async function failed(importId: string, jobId: string) {
  await database().job.update({
    where: { id: jobId },
    data: { status: "FAILED", error: { ...diskFull }, finishedAt: new Date() },
  });
  await endImport(importId, "FAILED", diskFull);
}

describe("a failed import", () => {
  it("of a folder on the server is started again, and its failure counts as seen", async () => {
    const folder = await layOut(await smallSet(["TCGA_CS_0001_19990102"], 2));
    const { importId, jobId } = await beginPathImport(admin, { file: folder });
    await failed(importId, jobId);
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "FAILED",
      mayRetry: true,
      error: diskFull,
    });
    expect(await countUnseenFailures(admin)).toBe(1);

    const again = await retryImport(admin, { importId });
    expect(again.jobId).not.toBe(jobId);
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "IMPORTING",
      error: null,
      report: null,
      job: { id: again.jobId, status: "WAITING" },
    });
    expect(await countUnseenFailures(admin)).toBe(0);
    await expect(retryImport(admin, { importId })).rejects.toMatchObject({ kind: "conflict" });
    await importArchive({ importId }, untroubled);
    expect(await findImport(admin, { importId })).toMatchObject({ state: "DONE", report: { slices: 2 } });
    await rm(folder, { recursive: true });
  });

  it("of an upload is not: its bytes are gone; and nobody but admins may", async () => {
    const importId = await sendUpload(admin, "set.zip", Buffer.from("no archive"));
    const job = await database().job.findFirstOrThrow({ where: { kind: "inspect-archive" } });
    await failed(importId, job.id);
    expect(await findImport(admin, { importId })).toMatchObject({ state: "FAILED", mayRetry: false });
    await expect(retryImport(admin, { importId })).rejects.toMatchObject({
      kind: "conflict",
      said: { code: "upload-bytes-gone" },
    });
    await expect(retryImport(await makeActor("REVIEWER"), { importId })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});
