-- protocol/list-protocol-versions

SELECT "ProtocolVersion"."version", "ProtocolVersion"."createdAt", "ProtocolVersion"."authorId"
FROM "ProtocolVersion"
WHERE 1=1
ORDER BY "ProtocolVersion"."version" DESC
LIMIT $1
OFFSET $2; -- 2 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2)
OFFSET $3; -- 3 values
