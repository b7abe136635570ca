-- labels/my-drafts

-- transaction, repeatable read
  SELECT "Draft"."id", "Draft"."sliceId", "Draft"."updatedAt"
  FROM "Draft"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Draft"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
  WHERE ("Draft"."authorId" = $1
    AND "Draft"."done" > $2
    AND ("j2"."site" = $3
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  ORDER BY "Draft"."updatedAt" DESC, "Draft"."id" DESC
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "Slice"."id", "Slice"."position", "Slice"."studyId"
  FROM "Slice"
  WHERE "Slice"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Study"."id", "Study"."patientKey"
  FROM "Study"
  WHERE "Study"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Draft"."id"
    FROM "Draft"
    LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Draft"."sliceId")
    LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
    LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
    WHERE ("Draft"."authorId" = $1
      AND "Draft"."done" > $2
      AND ("j2"."site" = $3
        AND ("j2"."id" IS NOT NULL)
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL)))
    OFFSET $4) AS "sub"; -- 4 values

-- end
