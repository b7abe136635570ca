-- imports/find-import

SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."key" IN ($1,$2)
ORDER BY "Job"."createdAt" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" = $1
OFFSET $2; -- 2 values
