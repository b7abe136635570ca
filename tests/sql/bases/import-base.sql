-- bases/import-base

-- ## refuseKnownBase
SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE ("Base"."sha256" = $1 OR "Base"."name" = $2)
LIMIT $3
OFFSET $4; -- 4 values

-- ## importBase
SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE ("Base"."sha256" = $1 OR "Base"."name" = $2)
LIMIT $3
OFFSET $4; -- 4 values

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('register-base', 0));

  SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
  FROM "Base"
  WHERE ("Base"."sha256" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  INSERT INTO "Base" ("sha256","name","parentSha256","runId","precision","outputs","card","createdAt")
  VALUES ($1,$2,$3,$4,CAST($5::text AS "Precision"),$6,$7,$8)
  RETURNING "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"; -- 8 values

  INSERT INTO "BaseSeenPatient"
  SELECT $1, unnest($2::text[])
  ON CONFLICT DO NOTHING; -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
