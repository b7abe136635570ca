-- users/reset-password

-- transaction
  UPDATE "User"
  SET "passwordHash" = $1, "mustChangePassword" = $2, "sessionEpoch" = ("User"."sessionEpoch" + $3)
  WHERE "User"."id" = $4; -- 4 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
