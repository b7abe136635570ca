import { z } from "zod";
import { database } from "@/lib/platform/database";
import type { Job } from "@/lib/platform/generated/client";
import { type Actor, slicesReadableBy } from "@/lib/records/access";
import type { JobSubject } from "./schema";

/** What payloads name, whatever the job. */
const Named = z.object({ importId: z.uuid(), modelId: z.uuid(), sliceId: z.uuid() }).partial().catch({});

/**
 * What each of these jobs works on, by the job's id; a job of none is left out, and so is a slice outside the actor's
 * scope. Four queries, however many jobs.
 */
export async function findSubjects(
  actor: Actor,
  jobs: readonly Pick<Job, "id" | "payload">[],
): Promise<Map<string, JobSubject>> {
  const named = jobs.map(({ id, payload }) => ({ id, ...Named.parse(payload) }));
  const idsOf = (name: "importId" | "modelId" | "sliceId") => named.flatMap((job) => job[name] ?? []);
  const db = database();
  const [imports, models, slices, runs] = await Promise.all([
    db.import.findMany({ where: { id: { in: idsOf("importId") } }, select: { id: true, name: true } }),
    db.model.findMany({ where: { id: { in: idsOf("modelId") } }, select: { id: true, number: true } }),
    db.slice.findMany({
      where: { AND: [{ id: { in: idsOf("sliceId") } }, slicesReadableBy(actor)] },
      select: { id: true, position: true, study: { select: { id: true, key: true } } },
    }),
    db.trainingRun.findMany({
      where: { jobId: { in: jobs.map(({ id }) => id) } },
      select: { id: true, number: true, jobId: true },
    }),
  ]);
  const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]));
  const [importOf, modelOf, sliceOf] = [byId(imports), byId(models), byId(slices)];
  const runOf = new Map(runs.map((run) => [run.jobId, run]));
  const subjects = new Map<string, JobSubject>();
  for (const { id, importId, modelId, sliceId } of named) {
    const [run, slice] = [runOf.get(id), sliceOf.get(sliceId ?? "")];
    const [from, model] = [importOf.get(importId ?? ""), modelOf.get(modelId ?? "")];
    if (from) subjects.set(id, { kind: "import", ...from });
    else if (run) subjects.set(id, { kind: "run", id: run.id, number: run.number });
    else if (slice)
      subjects.set(id, {
        kind: "slice",
        studyId: slice.study.id,
        study: slice.study.key,
        position: slice.position,
      });
    else if (model) subjects.set(id, { kind: "model", ...model });
  }
  return subjects;
}
