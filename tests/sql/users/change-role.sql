-- users/change-role

-- transaction
  SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"
  FROM "User"
  WHERE ("User"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "id"
  FROM "User"
  WHERE "role" = 'ADMIN'
  AND "deactivatedAt" IS NULL
  ORDER BY "id" FOR UPDATE;

  UPDATE "User"
  SET "role" = CAST($1::text AS "Role")
  WHERE ("User"."id" = $2
    AND 1=1)
  RETURNING "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"; -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
