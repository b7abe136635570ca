-- snapshots/list-snapshot-items

-- ## all
SELECT "Snapshot"."id"
FROM "Snapshot"
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT SUM("slices") AS "_sum$slices"
FROM (
  SELECT "SnapshotPatient"."slices"
  FROM "SnapshotPatient"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("SnapshotPatient"."patientId")
  WHERE ("SnapshotPatient"."snapshotId" = $1
    AND ("j0"."site" = $2
      AND ("j0"."id" IS NOT NULL)))
  OFFSET $3) AS "sub"; -- 3 values

SELECT sp."patientId", pt."key" AS "patientKey"
FROM "SnapshotPatient" sp
JOIN "Patient" pt ON pt."id" = sp."patientId"
WHERE sp."snapshotId" = $1::uuid
AND sp."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
ORDER BY pt."key" ASC
LIMIT $3; -- 3 values

-- ## a patient's, in one split, the next page
SELECT "Snapshot"."id"
FROM "Snapshot"
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT SUM("slices") AS "_sum$slices"
FROM (
  SELECT "SnapshotPatient"."slices"
  FROM "SnapshotPatient"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("SnapshotPatient"."patientId")
  WHERE ("SnapshotPatient"."snapshotId" = $1
    AND "SnapshotPatient"."split" = CAST($2::text AS "Split")
    AND ("j0"."site" = $3
      AND "j0"."key" ILIKE ('%' || $4 || '%')
      AND ("j0"."id" IS NOT NULL)))
  OFFSET $5) AS "sub"; -- 5 values

SELECT sp."patientId", pt."key" AS "patientKey"
FROM "SnapshotPatient" sp
JOIN "Patient" pt ON pt."id" = sp."patientId"
WHERE sp."snapshotId" = $1::uuid
AND sp."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
AND position(lower($3) IN lower(pt."key")) > 0
AND sp."split" = $4::"Split"
AND pt."key" >= $5::text
ORDER BY pt."key" ASC
LIMIT $6; -- 6 values

-- ## a reader's, changed since
SELECT "Snapshot"."id"
FROM "Snapshot"
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT count(*)::int AS "total"
FROM "SnapshotItem" i
JOIN "SnapshotPatient" sp ON sp."snapshotId" = i."snapshotId"
AND sp."patientId" = i."patientId"
JOIN "Patient" pt ON pt."id" = sp."patientId"
JOIN "Slice" s ON s."id" = i."sliceId"
JOIN "Label" l ON l."id" = i."labelId"
WHERE sp."snapshotId" = $1::uuid
AND sp."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
AND i."snapshotId" = $3::uuid
AND l."source" = $4::"LabelSource"
AND l."authorId" = $5::uuid
AND s."labelVersion" > l."version"; -- 5 values

SELECT sp."patientId", pt."key" AS "patientKey"
FROM "SnapshotPatient" sp
JOIN "Patient" pt ON pt."id" = sp."patientId"
WHERE sp."snapshotId" = $1::uuid
AND sp."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
ORDER BY pt."key" ASC
LIMIT $3; -- 3 values
