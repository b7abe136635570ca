-- users/find-actor

SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt"
FROM "User"
WHERE ("User"."id" = $1
  AND "User"."sessionEpoch" = $2
  AND "User"."deactivatedAt" IS NULL)
LIMIT $3
OFFSET $4; -- 4 values
