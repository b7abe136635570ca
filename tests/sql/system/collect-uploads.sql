-- system/collect-uploads

SELECT "Import"."id"
FROM "Import"
WHERE ("Import"."state" = CAST($1::text AS "ImportState")
  AND "Import"."createdAt" < $2)
OFFSET $3; -- 3 values

SELECT "Import"."id"
FROM "Import"
WHERE ("Import"."uploaded" = $1
  AND "Import"."finishedAt" IS NULL)
OFFSET $2; -- 2 values

-- (2 times)
-- transaction
  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND "Import"."requestedById" IS NULL)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
  FROM "Job"
  WHERE ("Job"."key" IN ($1,$2)
    AND "Job"."status" IN (CAST($3::text AS "JobStatus"),CAST($4::text AS "JobStatus")))
  LIMIT $5
  OFFSET $6; -- 6 values

  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState"), "finishedAt" = $2
  WHERE ("Import"."id" = $3
    AND "Import"."state" IN (CAST($4::text AS "ImportState"),CAST($5::text AS "ImportState"))); -- 5 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- (2 times)
-- transaction
  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState"), "error" = $2, "finishedAt" = $3
  WHERE ("Import"."id" = $4
    AND "Import"."state" IN (CAST($5::text AS "ImportState"),CAST($6::text AS "ImportState"))); -- 6 values

-- end
