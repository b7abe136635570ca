-- system/cancel-any-job

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE ("Job"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- transaction
  -- (2 times)
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

  SELECT "ImportedFile"."importId", "ImportedFile"."file", "ImportedFile"."reason"
  FROM "ImportedFile"
  WHERE ("ImportedFile"."importId" = $1
    AND "ImportedFile"."outcome" = $2)
  ORDER BY "ImportedFile"."file" ASC
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."maskConflict" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  SELECT array_agg(f."file"
    ORDER BY f."file") AS "files"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  WHERE f."importId" = $1::uuid
  GROUP BY s."fileSha256"
  HAVING count(*) > 1
  ORDER BY 1; -- 1 value

  SELECT count(DISTINCT t."patientId")::int AS "patients", count(DISTINCT t."id")::int AS "studies", count(*)::int AS "slices", count(*) FILTER (
    WHERE f."hasMask")::int AS "masks", count(*) FILTER (
    WHERE f."hasTumor")::int AS "tumorSlices", count(*) FILTER (
    WHERE f."outcome" = 'already-there')::int AS "alreadyThere"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  WHERE f."importId" = $1::uuid; -- 1 value

  UPDATE "Import"
  SET "report" = $1
  WHERE ("Import"."id" = $2
    AND 1=1)
  RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."outcome" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- transaction
  -- (2 times)
  SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
  FROM "Job"
  WHERE ("Job"."id" = $1
    AND "Job"."parentId" IS NULL)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  -- (2 times)
  UPDATE "Job"
  SET "status" = CAST($1::text AS "JobStatus"), "finishedAt" = $2
  WHERE ("Job"."parentId" = $3
    AND "Job"."status" = CAST($4::text AS "JobStatus")); -- 4 values

  SELECT COUNT(*) AS "_count$_all", "Job"."status"::text
  FROM "Job"
  WHERE "Job"."parentId" = $1
  GROUP BY "Job"."status"
  OFFSET $2; -- 2 values

  UPDATE "Job"
  SET "cancelRequestedAt" = $1
  WHERE ("Job"."id" = $2
    AND 1=1)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 2 values

  UPDATE "Job"
  SET "status" = CAST($1::text AS "JobStatus"), "error" = $2, "finishedAt" = $3
  WHERE ("Job"."id" = $4
    AND "Job"."status" IN (CAST($5::text AS "JobStatus"),CAST($6::text AS "JobStatus"))); -- 6 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
