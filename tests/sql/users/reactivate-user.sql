-- users/reactivate-user

-- transaction
  UPDATE "User"
  SET "deactivatedAt" = $1, "sessionEpoch" = ("User"."sessionEpoch" + $2)
  WHERE ("User"."id" = $3
    AND "User"."deactivatedAt" IS NOT NULL); -- 3 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
