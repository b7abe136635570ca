-- users/change-own-password

SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"
FROM "User"
WHERE ("User"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- transaction
  UPDATE "User"
  SET "passwordHash" = $1, "mustChangePassword" = $2, "sessionEpoch" = ("User"."sessionEpoch" + $3)
  WHERE ("User"."id" = $4
    AND 1=1)
  RETURNING "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"; -- 4 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
