-- users/authenticate

-- ## the right password
SELECT "SignInAttempt"."email", "SignInAttempt"."failures", "SignInAttempt"."lastFailureAt"
FROM "SignInAttempt"
WHERE ("SignInAttempt"."email" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"
FROM "User"
WHERE ("User"."email" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- transaction
  DELETE FROM "SignInAttempt"
  WHERE "SignInAttempt"."email" = $1; -- 1 value

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end

-- ## a wrong one
SELECT "SignInAttempt"."email", "SignInAttempt"."failures", "SignInAttempt"."lastFailureAt"
FROM "SignInAttempt"
WHERE ("SignInAttempt"."email" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"
FROM "User"
WHERE ("User"."email" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- transaction
  INSERT INTO "SignInAttempt" ("email","failures","lastFailureAt")
  VALUES ($1,$2,$3)
  ON CONFLICT ("email")
  DO UPDATE SET "failures" = ("SignInAttempt"."failures" + $4), "lastFailureAt" = $5
  WHERE ("SignInAttempt"."email" = $6
    AND 1=1)
  RETURNING "SignInAttempt"."email", "SignInAttempt"."failures", "SignInAttempt"."lastFailureAt"; -- 6 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
