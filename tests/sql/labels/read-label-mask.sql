-- labels/read-label-mask

SELECT "Label"."id", "Label"."maskSha256"
FROM "Label"
LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Label"."sliceId")
LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
WHERE ("Label"."id" = $1
  AND ("j2"."site" = $2
    AND ("j2"."id" IS NOT NULL)
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values
