-- imports/inspect-archive

SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Patient"."id", "Patient"."key"
FROM "Patient"
WHERE "Patient"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "Slice"."id", "Slice"."position", "Slice"."studyId"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
WHERE ("j0"."patientKey" IN ($1,$2)
  AND "j0"."key" IN ($3,$4)
  AND ("j0"."id" IS NOT NULL))
OFFSET $5; -- 5 values

SELECT "Study"."id", "Study"."key", "Study"."patientId"
FROM "Study"
WHERE "Study"."id" IN (NULL)
OFFSET $1; -- 1 value

-- transaction
  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState"), "preview" = $2, "previewDigest" = $3
  WHERE ("Import"."id" = $4
    AND "Import"."state" = CAST($5::text AS "ImportState")); -- 5 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
