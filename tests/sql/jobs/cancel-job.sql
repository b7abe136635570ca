-- jobs/cancel-job

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
