-- studies/read-thumbnail

SELECT "Slice"."id", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."studyId"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" = $1
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Study"."id", "Study"."windowLow", "Study"."windowHigh"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values
