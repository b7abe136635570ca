-- models/list-decisions

-- ## of all models
-- (2 times)
SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "ModelDecision"."id", "ModelDecision"."kind"::text, "ModelDecision"."modelId", "ModelDecision"."previousModelId", "ModelDecision"."decidedById", "ModelDecision"."reason", "ModelDecision"."verdict", "ModelDecision"."onlyAdmin", "ModelDecision"."createdAt"
FROM "ModelDecision"
WHERE 1=1
ORDER BY "ModelDecision"."createdAt" DESC, "ModelDecision"."id" DESC
LIMIT $1
OFFSET $2; -- 2 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1)
OFFSET $2; -- 2 values

-- ## of one
-- (2 times)
SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "ModelDecision"."id", "ModelDecision"."kind"::text, "ModelDecision"."modelId", "ModelDecision"."previousModelId", "ModelDecision"."decidedById", "ModelDecision"."reason", "ModelDecision"."verdict", "ModelDecision"."onlyAdmin", "ModelDecision"."createdAt"
FROM "ModelDecision"
WHERE ("ModelDecision"."modelId" = $1 OR "ModelDecision"."previousModelId" = $2)
ORDER BY "ModelDecision"."createdAt" DESC, "ModelDecision"."id" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1)
OFFSET $2; -- 2 values
