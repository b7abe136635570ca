-- imports/predict-and-record

-- transaction
  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."outcome" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt"
  FROM "Job"
  WHERE ("key" = $1 OR starts_with("key", $2))
  AND "status" IN ('WAITING', 'RUNNING')
  ORDER BY "createdAt", "id" FOR NO KEY UPDATE; -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
