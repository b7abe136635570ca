-- users/change-own-password

DELETE FROM "RateLimit"
WHERE "RateLimit"."key" = $1; -- 1 value

INSERT INTO "RateLimit" AS known ("key", "count", "resetsAt")
VALUES ($1, 1, now() + make_interval(secs => $2::int))
ON CONFLICT ("key")
DO UPDATE SET "count" = CASE WHEN known."resetsAt" <= now() THEN 1 ELSE known."count" + 1 END, "resetsAt" = CASE WHEN known."resetsAt" <= now() THEN EXCLUDED."resetsAt" ELSE known."resetsAt" END
WHERE known."resetsAt" <= now() OR known."count" < $3::int
RETURNING "count", "resetsAt"; -- 3 values

SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"
FROM "User"
WHERE ("User"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT ceil(extract(epoch FROM max("resetsAt") - now()))::int AS "seconds"
FROM "RateLimit"
JOIN unnest($1::text[], $2::int[]) AS asked("key", "most") USING ("key")
WHERE "count" >= "most"
AND "resetsAt" > now(); -- 2 values

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
