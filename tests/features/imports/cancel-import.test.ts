import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { confirmImport } from "@/lib/features/imports/confirm-import";
import { findImport } from "@/lib/features/imports/find-import";
import { uploadFile } from "@/lib/features/imports/upload-file";
import { cancelAnyJob } from "@/lib/features/system/cancel-any-job";
import { database, disconnect, transaction } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor } from "../../support/factories";
import { sendUpload } from "../../support/send-upload";
import { until } from "../../support/worker-process";

let admin: Actor;
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
});
afterAll(disconnect);

/** An import whose job waits, as while every worker is busy. */
async function waitingImport() {
  const importId = await sendUpload(admin, "set.zip", Buffer.from("not looked at yet"));
  await database().job.deleteMany();
  await database().import.update({ where: { id: importId }, data: { state: "READY" } });
  const { jobId } = await confirmImport(admin, { importId });
  return { importId, jobId };
}

describe("an import that waits for a worker", () => {
  it("is cancelled with its job, and its bytes are removed", async () => {
    const { importId, jobId } = await waitingImport();
    await cancelAnyJob(admin, { jobId });
    expect(await database().import.findUnique({ where: { id: importId } })).toMatchObject({
      state: "CANCELLED",
      finishedAt: expect.any(Date),
    });
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "CANCELLED",
      report: { slices: 0, notes: [{ code: "ended-before-anything" }] },
    });
    await expect(
      import("node:fs/promises").then(async ({ stat }) => stat(await uploadFile(importId))),
    ).rejects.toThrow(/ENOENT/);
    await expect(cancelAnyJob(admin, { jobId })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("cancelled by its own page and by its job's at once ends without a deadlock", async () => {
    const { importId, jobId } = await waitingImport();
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let holds = false;
    const holder = transaction(async (db) => {
      await db.$queryRaw`SELECT 1 FROM "Job" WHERE "id" = ${jobId}::uuid FOR UPDATE`;
      holds = true;
      await held;
    });
    await until(
      async () => holds,
      () => "the lock of the job's row",
    );
    const first = cancelImport(admin, { importId });
    await untilWaiting(1);
    const second = cancelAnyJob(admin, { jobId });
    await untilWaiting(2);
    letGo();
    await holder;
    const outcomes = await Promise.allSettled([first, second]);
    expect(outcomes[0]!.status).toBe("fulfilled");
    // Whoever is second finds it ended, or is just in time; neither is a fault.
    if (outcomes[1]!.status === "rejected") expect(outcomes[1]!.reason).toMatchObject({ kind: "conflict" });
    expect(await findImport(admin, { importId })).toMatchObject({ state: "CANCELLED" });
  });
});

const untilWaiting = (count: number) =>
  until(
    async () => {
      const [row] = await database().$queryRaw<{ waiting: number }[]>`
        SELECT count(DISTINCT pid)::int AS waiting FROM pg_locks
        WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
      return row!.waiting >= count;
    },
    () => `${count} transactions that wait`,
    10_000,
  );
