-- lineage/find-lineage

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId", COALESCE("aggr_selection_0_Label"."_aggr_count_labels", 0) AS "_aggr_count_labels"
FROM "Model"
LEFT JOIN (
  SELECT "Label"."modelId", COUNT(*) AS "_aggr_count_labels"
  FROM "Label"
  WHERE 1=1
  GROUP BY "Label"."modelId") AS "aggr_selection_0_Label" ON ("Model"."id" = "aggr_selection_0_Label"."modelId")
WHERE ("Model"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."state"::text
FROM "Model"
LEFT JOIN "TrainingRun" AS "j0" ON ("j0"."id") = ("Model"."runId")
LEFT JOIN "Snapshot" AS "j1" ON ("j1"."id") = ("j0"."snapshotId")
WHERE (EXISTS(
    SELECT "t2"."snapshotId"
    FROM "SnapshotItem" AS "t2"
    LEFT JOIN "Label" AS "j3" ON ("j3"."id") = ("t2"."labelId")
    WHERE ("j3"."modelId" = $1
      AND ("j3"."id" IS NOT NULL)
      AND ("j1"."id") = ("t2"."snapshotId")
      AND "t2"."snapshotId" IS NOT NULL))
  AND ("j1"."id" IS NOT NULL)
  AND ("j0"."id" IS NOT NULL))
ORDER BY "Model"."number" ASC
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."number", "Model"."state"::text, "Model"."parentId"
FROM "Model"
WHERE "Model"."parentId" = $1
ORDER BY "Model"."number" ASC
OFFSET $2; -- 2 values

SELECT "Snapshot"."id", "Snapshot"."hash", "Snapshot"."createdAt"
FROM "Snapshot"
WHERE "Snapshot"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."snapshotId"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values

SELECT a."source", a."authorId" AS "readerId", u."name" AS "readerName", a."learned" + a."tested" AS "labels"
FROM "SnapshotAuthor" a
LEFT JOIN "User" u ON u."id" = a."authorId"
WHERE a."snapshotId" = $1::uuid
ORDER BY "labels" DESC, a."source", u."name"; -- 1 value

WITH RECURSIVE "chain" AS (
  SELECT "parentId", 1 AS "distance"
  FROM "Model"
  WHERE "id" = $1::uuid
  UNION ALL
  SELECT m."parentId", c."distance" + 1
  FROM "chain" c
  JOIN "Model" m ON m."id" = c."parentId" )
SELECT m."id", m."number", m."state"
FROM "chain" c
JOIN "Model" m ON m."id" = c."parentId"
ORDER BY c."distance"; -- 1 value
