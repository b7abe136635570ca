-- snapshots/find-snapshot

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId"
FROM "Evaluation"
LEFT JOIN "Model" AS "orderby_1" ON ("orderby_1"."id") = ("Evaluation"."modelId")
WHERE "Evaluation"."snapshotId" = $1
ORDER BY "orderby_1"."number" ASC
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."number", "Model"."state"::text
FROM "Model"
WHERE "Model"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "Model"."id", "Model"."number", "Model"."state"::text, "Model"."runId"
FROM "Model"
WHERE "Model"."runId" IN ($1)
OFFSET $2; -- 2 values

SELECT "Patient"."id", "Patient"."key"
FROM "Patient"
WHERE "Patient"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "Snapshot"."id", "Snapshot"."hash", "Snapshot"."cohort"::text, "Snapshot"."createdAt", COALESCE("aggr_selection_0_SnapshotContext"."_aggr_count_context", 0) AS "_aggr_count_context"
FROM "Snapshot"
LEFT JOIN (
  SELECT "SnapshotContext"."snapshotId", COUNT(*) AS "_aggr_count_context"
  FROM "SnapshotContext"
  WHERE 1=1
  GROUP BY "SnapshotContext"."snapshotId") AS "aggr_selection_0_SnapshotContext" ON ("Snapshot"."id" = "aggr_selection_0_SnapshotContext"."snapshotId")
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "SnapshotPatient"."snapshotId", "SnapshotPatient"."patientId", "SnapshotPatient"."split"::text, "SnapshotPatient"."studies", "SnapshotPatient"."slices", "SnapshotPatient"."tumorSlices", "SnapshotPatient"."newestLabelAt"
FROM "SnapshotPatient"
LEFT JOIN "Patient" AS "orderby_1" ON ("orderby_1"."id") = ("SnapshotPatient"."patientId")
LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("SnapshotPatient"."patientId")
WHERE ("SnapshotPatient"."snapshotId" = $1
  AND ("j0"."site" = $2
    AND ("j0"."id" IS NOT NULL)))
ORDER BY "orderby_1"."key" ASC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."snapshotId"
FROM "TrainingRun"
WHERE "TrainingRun"."snapshotId" = $1
ORDER BY "TrainingRun"."number" ASC
OFFSET $2; -- 2 values

SELECT "split", count(*)::int AS "patients", sum("slices")::int AS "slices", sum("tumorSlices")::int AS "tumorSlices"
FROM "SnapshotPatient"
WHERE "snapshotId" = $1::uuid
GROUP BY "split"
ORDER BY "split"; -- 1 value

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "SnapshotPatient"."snapshotId", "SnapshotPatient"."patientId"
  FROM "SnapshotPatient"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("SnapshotPatient"."patientId")
  WHERE ("SnapshotPatient"."snapshotId" = $1
    AND ("j0"."site" = $2
      AND ("j0"."id" IS NOT NULL)))
  OFFSET $3) AS "sub"; -- 3 values

SELECT SUM("studies") AS "_sum$studies", SUM("slices") AS "_sum$slices", MAX("newestLabelAt") AS "_max$newestLabelAt"
FROM (
  SELECT "SnapshotPatient"."studies", "SnapshotPatient"."slices", "SnapshotPatient"."newestLabelAt"
  FROM "SnapshotPatient"
  WHERE "SnapshotPatient"."snapshotId" = $1
  OFFSET $2) AS "sub"; -- 2 values

SELECT a."source", a."authorId" AS "readerId", u."name" AS "readerName", a."learned" + a."tested" AS "labels"
FROM "SnapshotAuthor" a
LEFT JOIN "User" u ON u."id" = a."authorId"
WHERE a."snapshotId" = $1::uuid
ORDER BY "labels" DESC, a."source", u."name"; -- 1 value

SELECT count(*) FILTER (
  WHERE i."labelId" <> n."id")::int AS "changed", count(*) FILTER (
  WHERE l."labelClass" <> n."labelClass")::int AS "changedClass", count(*) FILTER (
  WHERE c."sliceId" IS NOT NULL
  AND n."labelClass" IN ('TUMOR', 'NO_TUMOR'))::int AS "contextLabelled"
FROM "Label" n
JOIN "Slice" s ON s."id" = n."sliceId"
AND s."labelVersion" = n."version"
LEFT JOIN "SnapshotItem" i ON i."snapshotId" = $1::uuid
AND i."sliceId" = s."id"
LEFT JOIN "Label" l ON l."id" = i."labelId"
LEFT JOIN "SnapshotContext" c ON c."snapshotId" = $2::uuid
AND c."sliceId" = s."id"
WHERE n."createdAt" > $3; -- 3 values
