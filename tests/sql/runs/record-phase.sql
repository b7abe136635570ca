-- runs/record-phase

-- ## recordPhase
-- transaction
  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  UPDATE "TrainingRun"
  SET "phase" = $1, "phaseBeganAt" = $2
  WHERE ("TrainingRun"."id" = $3
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## beginPhase
-- transaction
  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  UPDATE "TrainingRun"
  SET "phase" = $1, "phaseBeganAt" = $2
  WHERE ("TrainingRun"."id" = $3
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## recordBackend
UPDATE "TrainingRun"
SET "backend" = $1
WHERE ("TrainingRun"."id" = $2
  AND 1=1)
RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 2 values

-- ## recordWork
-- transaction
  UPDATE "TrainingStep"
  SET "seconds" = ("TrainingStep"."seconds" + $1), "backboneRuns" = ("TrainingStep"."backboneRuns" + $2)
  WHERE (("TrainingStep"."runId" = $3
      AND "TrainingStep"."kind" = $4
      AND "TrainingStep"."index" = $5)
    AND 1=1)
  RETURNING "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"; -- 5 values

  UPDATE "TrainingRun"
  SET "backboneRuns" = "backboneRuns" + $1::int, "secondsByPhase" = jsonb_set(coalesce("secondsByPhase", '{}'), ARRAY[$2], to_jsonb(coalesce(("secondsByPhase"->>$3)::float8, 0) + $4::float8))
  WHERE "id" = $5::uuid; -- 5 values

  INSERT INTO "TrainingEpoch" ("runId","head","epoch","trainLoss","validationLoss","validationAuc","durationMs")
  VALUES ($1,$2,$3,$4,$5,$6,$7)
  ON CONFLICT DO NOTHING; -- 7 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
