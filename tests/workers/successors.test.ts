import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { enqueue, jobContract } from "@/lib/platform/jobs";
import { startWorker } from "@/workers/start-worker";
import { task } from "@/workers/task";
import { endOfJob, until } from "../support/worker-process";

afterAll(disconnect);

const contract = jobContract("count-sheep", z.strictObject({ name: z.string() }));
const queue = (name: string, key: string) =>
  transaction((db) => enqueue(db, contract, { name }, { key, again: true }));

it("a successor begins when the job before it has ended, though its worker has a hand free", async () => {
  const running = new Set<string>();
  const together: string[] = [];
  let isHeld = true;
  const counting = task(contract, async ({ name }) => {
    running.add(name);
    together.push([...running].sort().join(" and "));
    while (isHeld) await sleep(20);
    running.delete(name);
  });
  const worker = await startWorker(new Map([[counting.kind, counting]]));
  await queue("first", "sheep");
  await until(
    async () => running.has("first"),
    () => "the first",
  );
  const successor = await queue("second", "sheep");
  const other = await queue("other", "goats");
  await until(
    async () => running.has("other"),
    () => "the other",
  );
  // The second was asked for earlier and would have been taken before.
  expect([...running].sort()).toEqual(["first", "other"]);
  isHeld = false;
  for (const id of [other, successor]) expect(await endOfJob(id)).toMatchObject({ status: "DONE" });
  expect(together.some((names) => names.includes("first") && names.includes("second"))).toBe(false);
  expect(await database().job.count({ where: { status: "DONE" } })).toBe(3);
  await worker.stop();
  await worker.done;
});
