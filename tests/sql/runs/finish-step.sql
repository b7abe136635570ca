-- runs/finish-step

-- ## others are left
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

  UPDATE "TrainingStep"
  SET "result" = $1, "finishedAt" = $2
  WHERE ("TrainingStep"."runId" = $3
    AND "TrainingStep"."kind" = $4
    AND "TrainingStep"."index" = $5
    AND "TrainingStep"."finishedAt" IS NULL); -- 5 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index"
    FROM "TrainingStep"
    WHERE ("TrainingStep"."runId" = $1
      AND "TrainingStep"."kind" = $2
      AND "TrainingStep"."finishedAt" IS NULL)
    OFFSET $3) AS "sub"; -- 3 values

-- end

-- ## the last of its stage
-- transaction
  -- (2 times)
  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  -- (2 times)
  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  UPDATE "TrainingStep"
  SET "result" = $1, "finishedAt" = $2
  WHERE ("TrainingStep"."runId" = $3
    AND "TrainingStep"."kind" = $4
    AND "TrainingStep"."index" = $5
    AND "TrainingStep"."finishedAt" IS NULL); -- 5 values

  SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
  FROM "TrainingStep"
  WHERE ("TrainingStep"."runId" = $1
    AND "TrainingStep"."kind" IN ($2,$3))
  OFFSET $4; -- 4 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index"
    FROM "TrainingStep"
    WHERE ("TrainingStep"."runId" = $1
      AND "TrainingStep"."kind" = $2
      AND "TrainingStep"."finishedAt" IS NULL)
    OFFSET $3) AS "sub"; -- 3 values

  INSERT INTO "Job" ("id","kind","payload","status","progressDone","progressTotal","attempts","workerDeaths","deathProgress","createdAt","parentId")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11), ($12,$13,$14,CAST($15::text AS "JobStatus"),$16,$17,$18,$19,$20,$21,$22)
  RETURNING "Job"."id"; -- 22 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', c."id"::text), max_attempts => $2::int, run_at => w."createdAt")
  FROM unnest($3::uuid[]) WITH ORDINALITY AS c("id", "place"), "Job" w
  WHERE w."id" = $4::uuid
  ORDER BY c."place"; -- 4 values

  INSERT INTO "TrainingStep" ("runId","kind","index","jobId","seconds","backboneRuns")
  VALUES ($1,$2,$3,$4,$5,$6), ($7,$8,$9,$10,$11,$12); -- 12 values

  UPDATE "TrainingRun"
  SET "phase" = $1, "phaseBeganAt" = $2
  WHERE ("TrainingRun"."id" = $3
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## the same again
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

  UPDATE "TrainingStep"
  SET "result" = $1, "finishedAt" = $2
  WHERE ("TrainingStep"."runId" = $3
    AND "TrainingStep"."kind" = $4
    AND "TrainingStep"."index" = $5
    AND "TrainingStep"."finishedAt" IS NULL); -- 5 values

-- end
