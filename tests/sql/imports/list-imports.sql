-- imports/list-imports

-- ## all
SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE 1=1
ORDER BY "Import"."createdAt" DESC
LIMIT $1
OFFSET $2; -- 2 values

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."key" IN ($1,$2,$3,$4,$5,$6)
ORDER BY "Job"."createdAt" DESC
OFFSET $7; -- 7 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2,$3)
OFFSET $4; -- 4 values

-- ## failed ones
SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE "Import"."state" = CAST($1::text AS "ImportState")
ORDER BY "Import"."createdAt" DESC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."key" IN ($1,$2,$3,$4)
ORDER BY "Job"."createdAt" DESC
OFFSET $5; -- 5 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2)
OFFSET $3; -- 3 values
