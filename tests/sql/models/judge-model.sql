-- models/judge-model

-- ## a model that was compared
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

-- ## a model that was not
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
WHERE "Evaluation"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "TrainingRun"."id", "TrainingRun"."snapshotId"
FROM "TrainingRun"
WHERE ("TrainingRun"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

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

-- ## findComparison
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

-- ## unseenTestPatients
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
