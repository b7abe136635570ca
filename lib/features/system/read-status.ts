import { queryOnce } from "@/lib/platform/query-once";
import { type Actor, requirePermission } from "@/lib/records/access";

/** How much there is of everything, and what the workers are doing. `production` is the model's number, or null. */
export async function readStatus(actor: Actor) {
  requirePermission(actor, "system:read");
  const [row] = await queryOnce<Counts>(`
    SELECT (SELECT count(*) FROM "Patient")::int AS "patients", (SELECT count(*) FROM "Study")::int AS "studies",
      (SELECT coalesce(sum("sliceCount"), 0) FROM "Study")::int AS "slices", (SELECT count(*) FROM "Label")::int AS "labels",
      (SELECT coalesce(sum("predictedSlices"), 0) FROM "StudyPrediction")::int AS "predictions",
      (SELECT coalesce(sum("flaggedSlices"), 0) FROM "StudyPrediction" WHERE "modelId" = m."id")::int AS "flags",
      (SELECT count(*) FROM "Model")::int AS "models",
      m."number" AS "production",
      j."running", j."waiting", j."failed"
    FROM (
      SELECT count(*) FILTER (WHERE "status" = 'RUNNING')::int AS "running",
        count(*) FILTER (WHERE "status" = 'WAITING')::int AS "waiting",
        count(*) FILTER (WHERE "status" = 'FAILED')::int AS "failed"
      FROM "Job" WHERE "parentId" IS NULL
    ) j LEFT JOIN "Model" m ON m."state" = 'PRODUCTION'`);
  const { running, waiting, failed, ...counts } = row!;
  return { ...counts, jobs: { running, waiting, failed } };
}

interface Counts {
  patients: number;
  studies: number;
  slices: number;
  labels: number;
  predictions: number;
  flags: number;
  models: number;
  production: number | null;
  running: number;
  waiting: number;
  failed: number;
}
