-- jobs/list-jobs

-- ## all
SELECT "Import"."id", "Import"."name"
FROM "Import"
WHERE 1=0
OFFSET $1; -- 1 value

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."parentId" IS NULL
ORDER BY "Job"."finishedAt"DESC NULLS FIRST, "Job"."createdAt" DESC
LIMIT $1
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Slice"."id", "Slice"."position", "Slice"."studyId"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" IN ($1)
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
OFFSET $3; -- 3 values

SELECT "Study"."id", "Study"."key"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."jobId"
FROM "TrainingRun"
WHERE "TrainingRun"."jobId" IN ($1,$2,$3,$4)
OFFSET $5; -- 5 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2,$3,$4)
OFFSET $5; -- 5 values

-- ## failed ones that nobody has seen
SELECT "Import"."id", "Import"."name"
FROM "Import"
WHERE 1=0
OFFSET $1; -- 1 value

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE ("Job"."parentId" IS NULL
  AND "Job"."status" = CAST($1::text AS "JobStatus")
  AND "Job"."seenAt" IS NULL)
ORDER BY "Job"."finishedAt"DESC NULLS FIRST, "Job"."createdAt" DESC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Slice"."id", "Slice"."position", "Slice"."studyId"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" IN ($1)
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
OFFSET $3; -- 3 values

SELECT "Study"."id", "Study"."key"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."jobId"
FROM "TrainingRun"
WHERE "TrainingRun"."jobId" IN ($1,$2,$3)
OFFSET $4; -- 4 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2,$3)
OFFSET $4; -- 4 values
