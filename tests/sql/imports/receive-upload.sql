-- imports/receive-upload

-- ## the beginning
INSERT INTO "RateLimit" AS known ("key", "count", "resetsAt")
VALUES ($1, 1, now() + make_interval(secs => $2::int))
ON CONFLICT ("key")
DO UPDATE SET "count" = CASE WHEN known."resetsAt" <= now() THEN 1 ELSE known."count" + 1 END, "resetsAt" = CASE WHEN known."resetsAt" <= now() THEN EXCLUDED."resetsAt" ELSE known."resetsAt" END
WHERE known."resetsAt" <= now() OR known."count" < $3::int
RETURNING "count", "resetsAt"; -- 3 values

SELECT ceil(extract(epoch FROM max("resetsAt") - now()))::int AS "seconds"
FROM "RateLimit"
JOIN unnest($1::text[], $2::int[]) AS asked("key", "most") USING ("key")
WHERE "count" >= "most"
AND "resetsAt" > now(); -- 2 values

-- transaction
  INSERT INTO "Import" ("id","state","name","path","uploaded","size","receivedBytes","cohort","requestedById","createdAt")
  VALUES ($1,CAST($2::text AS "ImportState"),$3,$4,$5,$6,$7,CAST($8::text AS "Cohort"),$9,$10)
  RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 10 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## how much has arrived
SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND "Import"."uploaded" = $2
  AND "Import"."requestedById" = $3)
LIMIT $4
OFFSET $5; -- 5 values

UPDATE "Import"
SET "receivedBytes" = $1
WHERE ("Import"."id" = $2
  AND "Import"."state" = CAST($3::text AS "ImportState")
  AND "Import"."requestedById" = $4)
RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 4 values

-- ## some bytes
SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND "Import"."uploaded" = $2
  AND "Import"."requestedById" = $3)
LIMIT $4
OFFSET $5; -- 5 values

UPDATE "Import"
SET "receivedBytes" = $1
WHERE ("Import"."id" = $2
  AND "Import"."state" = CAST($3::text AS "ImportState")
  AND "Import"."requestedById" = $4)
RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 4 values

-- ## the last bytes
SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND "Import"."uploaded" = $2
  AND "Import"."requestedById" = $3)
LIMIT $4
OFFSET $5; -- 5 values

UPDATE "Import"
SET "receivedBytes" = $1
WHERE ("Import"."id" = $2
  AND "Import"."state" = CAST($3::text AS "ImportState")
  AND "Import"."requestedById" = $4)
RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 4 values

-- transaction
  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND "Import"."uploaded" = $2
    AND "Import"."requestedById" = $3)
  LIMIT $4
  OFFSET $5; -- 5 values

  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState")
  WHERE ("Import"."id" = $2
    AND "Import"."state" = CAST($3::text AS "ImportState")); -- 3 values

  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt"
  FROM "Job"
  WHERE ("key" = $1 OR starts_with("key", $2))
  AND "status" IN ('WAITING', 'RUNNING')
  ORDER BY "createdAt", "id" FOR NO KEY UPDATE; -- 2 values

  INSERT INTO "Job" ("id","kind","payload","status","key","progressDone","progressTotal","attempts","workerDeaths","deathProgress","requestedById","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11,$12)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 12 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', $2::text), queue_name => $3::text, max_attempts => $4::int); -- 4 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

-- end
