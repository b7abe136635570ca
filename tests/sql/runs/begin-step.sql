-- runs/begin-step

-- ## one of several
-- transaction
  SELECT "Job"."id", "Job"."attempts"
  FROM "Job"
  WHERE "Job"."id" = $1
  OFFSET $2; -- 2 values

  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE "TrainingRun"."id" = $1
  OFFSET $2; -- 2 values

  SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
  FROM "TrainingStep"
  WHERE (("TrainingStep"."runId" = $1
      AND "TrainingStep"."kind" = $2
      AND "TrainingStep"."index" = $3)
    AND 1=1)
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  UPDATE "TrainingStep"
  SET "worker" = $1, "beganAt" = $2
  WHERE (("TrainingStep"."runId" = $3
      AND "TrainingStep"."kind" = $4
      AND "TrainingStep"."index" = $5)
    AND 1=1)
  RETURNING "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"; -- 5 values

-- end

-- ## a run's first
-- transaction
  SELECT "Job"."id", "Job"."attempts"
  FROM "Job"
  WHERE "Job"."id" = $1
  OFFSET $2; -- 2 values

  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE "TrainingRun"."id" = $1
  OFFSET $2; -- 2 values

  SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
  FROM "TrainingStep"
  WHERE (("TrainingStep"."runId" = $1
      AND "TrainingStep"."kind" = $2
      AND "TrainingStep"."index" = $3)
    AND 1=1)
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

-- end
