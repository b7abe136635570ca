-- snapshots/read-snapshot

-- ## the whole
WITH "frozen" AS (
  SELECT "index", "sliceId", "labelId", "split"
  FROM "SnapshotItem"
  WHERE "snapshotId" = $1::uuid
  UNION ALL
  SELECT "index", "sliceId", NULL, NULL
  FROM "SnapshotContext"
  WHERE "snapshotId" = $2::uuid )
SELECT s."id" AS "sliceId", t."patientId", pt."hashedKey", s."studyId", s."position", s."rows", s."columns", s."pixelHash", s."fileSha256", f."split", l."labelClass", l."source", l."maskSha256"
FROM "frozen" f
JOIN "Slice" s ON s."id" = f."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = t."patientId"
LEFT JOIN "Label" l ON l."id" = f."labelId"
ORDER BY f."index"; -- 2 values

-- ## a range
WITH "frozen" AS (
  SELECT "index", "sliceId", "labelId", "split"
  FROM "SnapshotItem"
  WHERE "snapshotId" = $1::uuid
  AND "index" >= $2
  AND "index" < $3
  UNION ALL
  SELECT "index", "sliceId", NULL, NULL
  FROM "SnapshotContext"
  WHERE "snapshotId" = $4::uuid
  AND "index" >= $5
  AND "index" < $6 )
SELECT s."id" AS "sliceId", t."patientId", pt."hashedKey", s."studyId", s."position", s."rows", s."columns", s."pixelHash", s."fileSha256", f."split", l."labelClass", l."source", l."maskSha256"
FROM "frozen" f
JOIN "Slice" s ON s."id" = f."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = t."patientId"
LEFT JOIN "Label" l ON l."id" = f."labelId"
ORDER BY f."index"; -- 6 values
