import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { GET } from "@/app/api/health/ready/route";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { emptyDatabase } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const makeWorker = () =>
  database().$executeRaw`
    INSERT INTO "WorkerProcess" ("id", "host", "pid", "heartbeatAt", "capabilities")
    VALUES (${randomUUID()}::uuid, 'here', 1, now(), '{}')`;

async function readiness() {
  const response = await GET();
  return { status: response.status, ...(await response.json()) };
}

describe("readiness", () => {
  it("names the worker while none is alive", async () => {
    expect(await readiness()).toEqual({
      status: 503,
      ready: false,
      missing: ["worker"],
      reason: "no worker is alive",
    });
    await makeWorker();
    expect(await readiness()).toEqual({ status: 200, ready: true });
  });

  it("names the database, without waiting for it, while that does not answer", async () => {
    await makeWorker();
    await transaction(async (db) => {
      await db.$executeRaw`LOCK TABLE "WorkerProcess" IN ACCESS EXCLUSIVE MODE`;
      // Answered before the lock ends.
      expect(await readiness()).toEqual({
        status: 503,
        ready: false,
        missing: ["database"],
        reason: "the database does not answer",
      });
    });
    expect(await readiness()).toEqual({ status: 200, ready: true });
  });
});
