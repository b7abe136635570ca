-- labels/find-drafts

SELECT "Draft"."id", "Draft"."sliceId", "Draft"."authorId", "Draft"."basedOn", "Draft"."baseLabelId", "Draft"."revision", "Draft"."strokes", "Draft"."done", "Draft"."createdAt", "Draft"."updatedAt"
FROM "Draft"
LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Draft"."sliceId")
LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
WHERE (("j0"."studyId" = $1
    AND ("j2"."site" = $2
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL))
    AND ("j0"."id" IS NOT NULL))
  AND "Draft"."authorId" = $3)
ORDER BY "Draft"."createdAt" ASC
OFFSET $4; -- 4 values

SELECT "Draft"."id", "Draft"."sliceId", "Draft"."updatedAt", "Draft"."authorId"
FROM "Draft"
LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Draft"."sliceId")
LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
LEFT JOIN "User" AS "j3" ON ("j3"."id") = ("Draft"."authorId")
WHERE (("j0"."studyId" = $1
    AND ("j2"."site" = $2
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL))
    AND ("j0"."id" IS NOT NULL))
  AND "Draft"."done" > $3
  AND ("j3"."deactivatedAt" IS NULL
    AND ("j3"."id" IS NOT NULL))
  AND "Draft"."authorId" <> $4)
ORDER BY "Draft"."createdAt" ASC
OFFSET $5; -- 5 values

SELECT "Study"."id"
FROM "Study"
LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
WHERE ("Study"."id" = $1
  AND ("j0"."site" = $2
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1)
OFFSET $2; -- 2 values
