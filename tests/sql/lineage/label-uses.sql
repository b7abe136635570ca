-- lineage/label-uses

SELECT "Model"."id", "Model"."number", "Model"."state"::text, "Model"."runId"
FROM "Model"
WHERE "Model"."runId" IN ($1,$2,$3)
OFFSET $4; -- 4 values

SELECT "Slice"."id"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" = $1
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Snapshot"."id", "Snapshot"."hash", "Snapshot"."createdAt"
FROM "Snapshot"
WHERE "Snapshot"."id" IN ($1,$2,$3)
OFFSET $4; -- 4 values

SELECT "SnapshotItem"."snapshotId", "SnapshotItem"."sliceId", "SnapshotItem"."labelId", "SnapshotItem"."split"::text
FROM "SnapshotItem"
LEFT JOIN "Snapshot" AS "orderby_1" ON ("orderby_1"."id") = ("SnapshotItem"."snapshotId")
LEFT JOIN "Label" AS "j0" ON ("j0"."id") = ("SnapshotItem"."labelId")
WHERE ("j0"."sliceId" = $1
  AND ("j0"."id" IS NOT NULL))
ORDER BY "orderby_1"."createdAt" DESC
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."snapshotId"
FROM "TrainingRun"
WHERE "TrainingRun"."snapshotId" IN ($1,$2,$3)
ORDER BY "TrainingRun"."number" ASC
OFFSET $4; -- 4 values
