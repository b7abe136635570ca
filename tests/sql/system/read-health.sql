-- system/read-health

-- (2 times)
SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Job"."id"
  FROM "Job"
  WHERE "Job"."status" = CAST($1::text AS "JobStatus")
  OFFSET $2) AS "sub"; -- 2 values

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE "Base"."sha256" IN ($1)
OFFSET $2; -- 2 values

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE ("Base"."sha256" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE 1=1
ORDER BY "Base"."createdAt" ASC
OFFSET $1; -- 1 value

SELECT "Job"."id", "Job"."createdAt"
FROM "Job"
WHERE "Job"."status" = CAST($1::text AS "JobStatus")
ORDER BY "Job"."createdAt" ASC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "PredictionFailure"."modelId", "PredictionFailure"."sliceId", "PredictionFailure"."reason"
FROM "PredictionFailure"
WHERE "PredictionFailure"."modelId" = $1
ORDER BY "PredictionFailure"."at" DESC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "WorkerProcess"."id", "WorkerProcess"."host", "WorkerProcess"."pid", "WorkerProcess"."startedAt", "WorkerProcess"."heartbeatAt", "WorkerProcess"."capabilities", "WorkerProcess"."queueIds"
FROM "WorkerProcess"
WHERE 1=1
ORDER BY "WorkerProcess"."host" ASC, "WorkerProcess"."startedAt" ASC
OFFSET $1; -- 1 value

SELECT (extract(epoch FROM now() - min(e."at")) * 1000)::float8 AS "ms"
FROM (
  SELECT "id", "at"
  FROM "AuditEvent"
  WHERE "previousHash" IS NULL
  ORDER BY "id" DESC
  LIMIT 1000) e
WHERE NOT EXISTS (
  SELECT
  FROM "AuditSealedEvent" s
  WHERE s."eventId" = e."id");

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Job"."id"
  FROM "Job"
  WHERE ("Job"."status" = CAST($1::text AS "JobStatus")
    AND "Job"."finishedAt" > $2)
  OFFSET $3) AS "sub"; -- 3 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "PredictionFailure"."modelId", "PredictionFailure"."sliceId"
  FROM "PredictionFailure"
  WHERE "PredictionFailure"."modelId" = $1
  OFFSET $2) AS "sub"; -- 2 values

SELECT clock_timestamp() AS at, current_setting('server_version') AS version;

SELECT count(*)::int AS count
FROM graphile_worker.jobs
WHERE attempts >= max_attempts;

SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
FROM _prisma_migrations
WHERE rolled_back_at IS NULL
ORDER BY started_at;

SELECT table_name AS name
FROM information_schema.tables
WHERE table_schema = current_schema();
