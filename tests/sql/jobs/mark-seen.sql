-- jobs/mark-seen

-- ## one
-- transaction
  UPDATE "Job"
  SET "seenAt" = $1, "seenById" = $2
  WHERE ("Job"."id" = $3
    AND "Job"."parentId" IS NULL
    AND "Job"."status" = CAST($4::text AS "JobStatus")
    AND "Job"."seenAt" IS NULL)
  RETURNING "Job"."id", "Job"."kind"; -- 4 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## all
-- transaction
  UPDATE "Job"
  SET "seenAt" = $1, "seenById" = $2
  WHERE ("Job"."parentId" IS NULL
    AND "Job"."status" = CAST($3::text AS "JobStatus")
    AND "Job"."seenAt" IS NULL)
  RETURNING "Job"."id", "Job"."kind"; -- 3 values

  -- (2 times)
  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

-- end
