-- system/ask-examination

-- transaction
  SELECT id, capabilities
  FROM "WorkerProcess" FOR UPDATE;

  -- (2 times)
  UPDATE "WorkerProcess"
  SET "capabilities" = $1
  WHERE ("WorkerProcess"."id" = $2
    AND 1=1)
  RETURNING "WorkerProcess"."id", "WorkerProcess"."host", "WorkerProcess"."pid", "WorkerProcess"."startedAt", "WorkerProcess"."heartbeatAt", "WorkerProcess"."capabilities", "WorkerProcess"."queueIds"; -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
