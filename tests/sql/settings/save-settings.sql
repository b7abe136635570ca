-- settings/save-settings

-- ## a change
-- transaction
  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  UPDATE "Settings"
  SET "blindTestPatients" = $1
  WHERE ("Settings"."id" = $2
    AND 1=1)
  RETURNING "Settings"."id", "Settings"."blindTestPatients"; -- 2 values

  SELECT pg_notify($1, $2); -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end

-- ## no change
-- transaction
  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

-- end
