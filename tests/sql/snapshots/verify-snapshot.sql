-- snapshots/verify-snapshot

-- (2 times)
SELECT i."index", i."sliceId", s."pixelHash", i."labelId", l."version", l."labelClass", l."maskSha256", i."split"
FROM "SnapshotItem" i
JOIN "Slice" s ON s."id" = i."sliceId"
JOIN "Label" l ON l."id" = i."labelId"
WHERE i."snapshotId" = $1::uuid
AND i."index" >= $2
ORDER BY i."index"
LIMIT $3; -- 3 values

SELECT "Snapshot"."id", "Snapshot"."hash", "Snapshot"."cohort"::text, "Snapshot"."createdAt", COALESCE("aggr_selection_0_SnapshotItem"."_aggr_count_items", 0) AS "_aggr_count_items", COALESCE("aggr_selection_1_SnapshotContext"."_aggr_count_context", 0) AS "_aggr_count_context"
FROM "Snapshot"
LEFT JOIN (
  SELECT "SnapshotItem"."snapshotId", COUNT(*) AS "_aggr_count_items"
  FROM "SnapshotItem"
  WHERE 1=1
  GROUP BY "SnapshotItem"."snapshotId") AS "aggr_selection_0_SnapshotItem" ON ("Snapshot"."id" = "aggr_selection_0_SnapshotItem"."snapshotId")
LEFT JOIN (
  SELECT "SnapshotContext"."snapshotId", COUNT(*) AS "_aggr_count_context"
  FROM "SnapshotContext"
  WHERE 1=1
  GROUP BY "SnapshotContext"."snapshotId") AS "aggr_selection_1_SnapshotContext" ON ("Snapshot"."id" = "aggr_selection_1_SnapshotContext"."snapshotId")
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT c."index", c."sliceId", s."pixelHash"
FROM "SnapshotContext" c
JOIN "Slice" s ON s."id" = c."sliceId"
WHERE c."snapshotId" = $1::uuid
AND c."index" >= $2
ORDER BY c."index"
LIMIT $3; -- 3 values
