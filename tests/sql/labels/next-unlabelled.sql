-- labels/next-unlabelled

SELECT "Patient"."id", "Patient"."cohort"::text
FROM "Patient"
WHERE "Patient"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Slice"."id", "Slice"."currentLabelId", "Slice"."studyId"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" = $1
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
LEFT JOIN "Study" AS "j2" ON ("j2"."id") = ("Slice"."studyId")
WHERE (("j1"."site" = $1
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL))
  AND "Slice"."id" <> $2
  AND "Slice"."currentLabelId" IS NULL
  AND ("j2"."patientId" = $3
    AND ("j2"."id" IS NOT NULL)))
OFFSET $4; -- 4 values

SELECT "Study"."id", "Study"."patientId"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT t."patientId" AS "id"
FROM "Study" t
WHERE t."cohort" = $1::"Cohort"
AND t."patientId" IN (
  SELECT "id"
  FROM "Patient"
  WHERE "site" = $2)
GROUP BY t."patientId"
HAVING sum(t."sliceCount" - t."labelledSlices") > CASE WHEN t."patientId" = $3::uuid THEN $4::int ELSE 0 END
ORDER BY sum(t."labelledSlices") + CASE WHEN t."patientId" = $5::uuid THEN $6::int ELSE 0 END, uuid_hash_extended(t."patientId", hashtextextended($7, 0)), t."patientId"
LIMIT 1; -- 7 values
