-- protocol/find-protocol

-- ## the newest version
SELECT "ProtocolVersion"."version", "ProtocolVersion"."text", "ProtocolVersion"."authorId", "ProtocolVersion"."createdAt"
FROM "ProtocolVersion"
WHERE 1=1
ORDER BY "ProtocolVersion"."version" DESC
LIMIT $1
OFFSET $2; -- 2 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1)
OFFSET $2; -- 2 values

-- ## an earlier one
SELECT "ProtocolVersion"."version", "ProtocolVersion"."text", "ProtocolVersion"."authorId", "ProtocolVersion"."createdAt"
FROM "ProtocolVersion"
WHERE "ProtocolVersion"."version" = $1
ORDER BY "ProtocolVersion"."version" DESC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1)
OFFSET $2; -- 2 values
