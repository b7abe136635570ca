-- users/create-user

-- transaction
  INSERT INTO "User" ("id","email","name","role","passwordHash","sessionEpoch","mustChangePassword","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "Role"),$5,$6,$7,$8)
  RETURNING "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"; -- 8 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
