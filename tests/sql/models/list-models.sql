-- models/list-models

-- (2 times)
SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."id" IN (NULL)
OFFSET $1; -- 1 value

-- (2 times)
SELECT "TrainingRun"."id", "TrainingRun"."snapshotId"
FROM "TrainingRun"
WHERE ("TrainingRun"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- (2 times)
SELECT pt."id"
FROM "Patient" pt
WHERE EXISTS (
  SELECT
  FROM "SnapshotItem" i
  WHERE i."patientId" = pt."id"
  AND i."snapshotId" = $1::uuid
  AND i."split" = 'TEST' )
AND NOT EXISTS (
  SELECT
  FROM "ModelPatient" m
  WHERE m."modelId" = ANY ($2::uuid[])
  AND m."hashedKey" = pt."hashedKey"
  AND m."split" IS DISTINCT FROM 'TEST' )
AND NOT EXISTS (
  SELECT
  FROM "BaseSeenPatient" b
  WHERE b."baseSha256" = $3
  AND b."hashedKey" = pt."hashedKey" )
ORDER BY pt."id"; -- 3 values

-- (3 times)
SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
LEFT JOIN "Snapshot" AS "j0" ON ("j0"."id") = ("Evaluation"."snapshotId")
WHERE ("Evaluation"."modelId" = $1
  AND "Evaluation"."comparedWithId" = $2
  AND "Evaluation"."partnerId" IS NOT NULL
  AND ("j0"."cohort" = CAST($3::text AS "Cohort")
    AND ("j0"."id" IS NOT NULL)))
ORDER BY "Evaluation"."createdAt" DESC
LIMIT $4
OFFSET $5; -- 5 values

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."modelId" IN ($1,$2,$3,$4,$5)
ORDER BY "Evaluation"."createdAt" DESC
OFFSET $6; -- 6 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE 1=1
ORDER BY "Model"."number" DESC
OFFSET $1; -- 1 value

SELECT "Snapshot"."id", "Snapshot"."cohort"::text
FROM "Snapshot"
WHERE "Snapshot"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" IN ($1,$2,$3,$4,$5)
OFFSET $6; -- 6 values
