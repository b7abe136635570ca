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

SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."patientId", pt."key" AS "patientKey", i."split", l."version", l."labelClass", l."source", (
  SELECT u."name"
  FROM "User" u
  WHERE u."id" = l."authorId") AS "authorName", (
  SELECT m."number"
  FROM "Model" m
  WHERE m."id" = l."modelId") AS "modelNumber", l."createdAt" AS "labelledAt", n."version" AS "newestVersion"
FROM "SnapshotItem" i
JOIN "Slice" s ON s."id" = i."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = i."patientId"
JOIN "Label" l ON l."id" = i."labelId"
JOIN "Label" n ON n."id" = s."currentLabelId"
WHERE i."snapshotId" = $1::uuid
AND i."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
ORDER BY pt."key" ASC, t."key" ASC, s."position" ASC
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

SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."patientId", pt."key" AS "patientKey", i."split", l."version", l."labelClass", l."source", (
  SELECT u."name"
  FROM "User" u
  WHERE u."id" = l."authorId") AS "authorName", (
  SELECT m."number"
  FROM "Model" m
  WHERE m."id" = l."modelId") AS "modelNumber", l."createdAt" AS "labelledAt", n."version" AS "newestVersion"
FROM "SnapshotItem" i
JOIN "Slice" s ON s."id" = i."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = i."patientId"
JOIN "Label" l ON l."id" = i."labelId"
JOIN "Label" n ON n."id" = s."currentLabelId"
WHERE i."snapshotId" = $1::uuid
AND i."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
AND position(lower($3) IN lower(pt."key")) > 0
AND i."split" = $4::"Split"
AND (pt."key", t."key", s."position") > ($5::text, $6::text, $7::int)
ORDER BY pt."key" ASC, t."key" ASC, s."position" ASC
LIMIT $8; -- 8 values

-- ## a reader's, changed since
SELECT "Snapshot"."id"
FROM "Snapshot"
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT count(*)::int AS "total"
FROM "SnapshotItem" i
JOIN "Slice" s ON s."id" = i."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = i."patientId"
JOIN "Label" l ON l."id" = i."labelId"
JOIN "Label" n ON n."id" = s."currentLabelId"
WHERE i."snapshotId" = $1::uuid
AND i."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
AND l."source" = $3::"LabelSource"
AND l."authorId" = $4::uuid
AND n."version" > l."version"; -- 4 values

SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."patientId", pt."key" AS "patientKey", i."split", l."version", l."labelClass", l."source", (
  SELECT u."name"
  FROM "User" u
  WHERE u."id" = l."authorId") AS "authorName", (
  SELECT m."number"
  FROM "Model" m
  WHERE m."id" = l."modelId") AS "modelNumber", l."createdAt" AS "labelledAt", n."version" AS "newestVersion"
FROM "SnapshotItem" i
JOIN "Slice" s ON s."id" = i."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = i."patientId"
JOIN "Label" l ON l."id" = i."labelId"
JOIN "Label" n ON n."id" = s."currentLabelId"
WHERE i."snapshotId" = $1::uuid
AND i."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
AND l."source" = $3::"LabelSource"
AND l."authorId" = $4::uuid
AND n."version" > l."version"
ORDER BY pt."key" ASC, t."key" ASC, s."position" ASC
LIMIT $5; -- 5 values
