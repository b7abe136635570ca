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

SELECT r."sliceId", r."studyId", r."studyKey", r."position", p."patientId", p."patientKey", r."split", r."version", r."labelClass", r."source", (
  SELECT u."name"
  FROM "User" u
  WHERE u."id" = r."authorId") AS "authorName", (
  SELECT m."number"
  FROM "Model" m
  WHERE m."id" = r."modelId") AS "modelNumber", r."createdAt" AS "labelledAt", r."newestVersion"
FROM (
  SELECT sp."patientId", pt."key" AS "patientKey"
  FROM "SnapshotPatient" sp
  JOIN "Patient" pt ON pt."id" = sp."patientId"
  WHERE sp."snapshotId" = $1::uuid
  AND sp."patientId" IN (
    SELECT "id"
    FROM "Patient"
    WHERE "site" = $2) ) p
CROSS JOIN LATERAL (
  SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."split", l."version", l."labelClass", l."source", l."authorId", l."modelId", l."createdAt", n."version" AS "newestVersion"
  FROM "SnapshotItem" i
  JOIN "Slice" s ON s."id" = i."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Label" l ON l."id" = i."labelId"
  JOIN "Label" n ON n."id" = s."currentLabelId"
  WHERE i."snapshotId" = $3::uuid
  AND i."patientId" = p."patientId"
  OFFSET 0 ) r
ORDER BY p."patientKey" ASC, r."studyKey" ASC, r."position" ASC
LIMIT $4; -- 4 values

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

SELECT r."sliceId", r."studyId", r."studyKey", r."position", p."patientId", p."patientKey", r."split", r."version", r."labelClass", r."source", (
  SELECT u."name"
  FROM "User" u
  WHERE u."id" = r."authorId") AS "authorName", (
  SELECT m."number"
  FROM "Model" m
  WHERE m."id" = r."modelId") AS "modelNumber", r."createdAt" AS "labelledAt", r."newestVersion"
FROM (
  SELECT sp."patientId", pt."key" AS "patientKey"
  FROM "SnapshotPatient" sp
  JOIN "Patient" pt ON pt."id" = sp."patientId"
  WHERE sp."snapshotId" = $1::uuid
  AND sp."patientId" IN (
    SELECT "id"
    FROM "Patient"
    WHERE "site" = $2)
  AND position(lower($3) IN lower(pt."key")) > 0
  AND sp."split" = $4::"Split" ) p
CROSS JOIN LATERAL (
  SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."split", l."version", l."labelClass", l."source", l."authorId", l."modelId", l."createdAt", n."version" AS "newestVersion"
  FROM "SnapshotItem" i
  JOIN "Slice" s ON s."id" = i."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Label" l ON l."id" = i."labelId"
  JOIN "Label" n ON n."id" = s."currentLabelId"
  WHERE i."snapshotId" = $5::uuid
  AND i."patientId" = p."patientId"
  OFFSET 0 ) r
WHERE p."patientKey" >= $6::text
AND (p."patientKey", r."studyKey", r."position") > ($7::text, $8::text, $9::int)
ORDER BY p."patientKey" ASC, r."studyKey" ASC, r."position" ASC
LIMIT $10; -- 10 values

-- ## a reader's, changed since
SELECT "Snapshot"."id"
FROM "Snapshot"
WHERE ("Snapshot"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT count(*)::int AS "total"
FROM (
  SELECT sp."patientId", pt."key" AS "patientKey"
  FROM "SnapshotPatient" sp
  JOIN "Patient" pt ON pt."id" = sp."patientId"
  WHERE sp."snapshotId" = $1::uuid
  AND sp."patientId" IN (
    SELECT "id"
    FROM "Patient"
    WHERE "site" = $2) ) p
CROSS JOIN LATERAL (
  SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."split", l."version", l."labelClass", l."source", l."authorId", l."modelId", l."createdAt", n."version" AS "newestVersion"
  FROM "SnapshotItem" i
  JOIN "Slice" s ON s."id" = i."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Label" l ON l."id" = i."labelId"
  JOIN "Label" n ON n."id" = s."currentLabelId"
  WHERE i."snapshotId" = $3::uuid
  AND i."patientId" = p."patientId"
  AND l."source" = $4::"LabelSource"
  AND l."authorId" = $5::uuid
  AND n."version" > l."version"
  OFFSET 0 ) r; -- 5 values

SELECT r."sliceId", r."studyId", r."studyKey", r."position", p."patientId", p."patientKey", r."split", r."version", r."labelClass", r."source", (
  SELECT u."name"
  FROM "User" u
  WHERE u."id" = r."authorId") AS "authorName", (
  SELECT m."number"
  FROM "Model" m
  WHERE m."id" = r."modelId") AS "modelNumber", r."createdAt" AS "labelledAt", r."newestVersion"
FROM (
  SELECT sp."patientId", pt."key" AS "patientKey"
  FROM "SnapshotPatient" sp
  JOIN "Patient" pt ON pt."id" = sp."patientId"
  WHERE sp."snapshotId" = $1::uuid
  AND sp."patientId" IN (
    SELECT "id"
    FROM "Patient"
    WHERE "site" = $2) ) p
CROSS JOIN LATERAL (
  SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."split", l."version", l."labelClass", l."source", l."authorId", l."modelId", l."createdAt", n."version" AS "newestVersion"
  FROM "SnapshotItem" i
  JOIN "Slice" s ON s."id" = i."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Label" l ON l."id" = i."labelId"
  JOIN "Label" n ON n."id" = s."currentLabelId"
  WHERE i."snapshotId" = $3::uuid
  AND i."patientId" = p."patientId"
  AND l."source" = $4::"LabelSource"
  AND l."authorId" = $5::uuid
  AND n."version" > l."version"
  OFFSET 0 ) r
ORDER BY p."patientKey" ASC, r."studyKey" ASC, r."position" ASC
LIMIT $6; -- 6 values
