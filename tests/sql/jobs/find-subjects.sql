-- jobs/find-subjects

SELECT "Import"."id", "Import"."name"
FROM "Import"
WHERE 1=0
OFFSET $1; -- 1 value

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
