-- runs/find-run

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."id" = $1
OFFSET $2; -- 2 values

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."id" IN ($1,$2,$3,$4,$5,$6)
OFFSET $7; -- 7 values

SELECT "Model"."id", "Model"."number", "Model"."runId"
FROM "Model"
WHERE "Model"."runId" = $1
OFFSET $2; -- 2 values

SELECT "Snapshot"."id", "Snapshot"."hash", "Snapshot"."cohort"::text, "Snapshot"."createdAt"
FROM "Snapshot"
WHERE "Snapshot"."id" = $1
OFFSET $2; -- 2 values

SELECT "TrainingEpoch"."runId", "TrainingEpoch"."head", "TrainingEpoch"."epoch", "TrainingEpoch"."trainLoss", "TrainingEpoch"."validationLoss", "TrainingEpoch"."validationAuc", "TrainingEpoch"."durationMs"
FROM "TrainingEpoch"
WHERE "TrainingEpoch"."runId" = $1
ORDER BY "TrainingEpoch"."head" ASC, "TrainingEpoch"."epoch" ASC
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
FROM "TrainingRun"
LEFT JOIN "Model" AS "j0" ON ("j0"."runId") = ("TrainingRun"."id")
WHERE ("TrainingRun"."cohort" = CAST($1::text AS "Cohort")
  AND "TrainingRun"."id" <> $2
  AND (NOT ("j0"."runId" IS NULL)))
ORDER BY "TrainingRun"."number" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
FROM "TrainingRun"
WHERE ("TrainingRun"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
FROM "TrainingStep"
WHERE "TrainingStep"."runId" = $1
ORDER BY "TrainingStep"."jobId" ASC
OFFSET $2; -- 2 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" = $1
OFFSET $2; -- 2 values

SELECT "split", count(*)::int AS "patients", sum("slices")::int AS "slices", sum("tumorSlices")::int AS "tumorSlices"
FROM "SnapshotPatient"
WHERE "snapshotId" = $1::uuid
GROUP BY "split"
ORDER BY "split"; -- 1 value

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "TrainingRun"."id"
  FROM "TrainingRun"
  LEFT JOIN "Job" AS "j0" ON ("j0"."id") = ("TrainingRun"."jobId")
  WHERE ("TrainingRun"."number" < $1
    AND ("j0"."status" IN (CAST($2::text AS "JobStatus"),CAST($3::text AS "JobStatus"))
      AND ("j0"."id" IS NOT NULL)))
  OFFSET $4) AS "sub"; -- 4 values
