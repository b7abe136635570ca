-- flags/next-flagged

-- ## one in the same study
SELECT "Model"."id"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Patient"."id", "Patient"."cohort"::text
FROM "Patient"
WHERE "Patient"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Settings"."id", "Settings"."blindTestPatients"
FROM "Settings"
WHERE ("Settings"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
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
WHERE (("j1"."site" = $1
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL))
  AND "Slice"."id" <> $2
  AND EXISTS(
    SELECT "t2"."sliceId"
    FROM "Flag" AS "t2"
    LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("t2"."studyId")
    LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
    WHERE ("t2"."modelId" = $3
      AND "t2"."studyId" = $4
      AND (("j4"."split" IS NULL OR "j4"."split" <> CAST($5::text AS "Split"))
        AND ("j4"."id" IS NOT NULL)
        AND ("j3"."id" IS NOT NULL))
      AND ("Slice"."id") = ("t2"."sliceId")
      AND "t2"."sliceId" IS NOT NULL)))
ORDER BY "Slice"."position" ASC
OFFSET $6; -- 6 values

SELECT "Study"."id", "Study"."patientId"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values

-- ## none there
SELECT "Patient"."id", "Patient"."cohort"::text
FROM "Patient"
WHERE "Patient"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" = $1
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Study"."id", "Study"."patientId"
FROM "Study"
WHERE "Study"."id" IN (NULL)
OFFSET $1; -- 1 value

-- ## one elsewhere
SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text
FROM "Flag"
LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Flag"."sliceId")
LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("Flag"."studyId")
LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
WHERE ("Flag"."modelId" = $1
  AND "Flag"."cohort" = CAST($2::text AS "Cohort")
  AND (("j2"."site" = $3
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL))
    AND "j0"."id" <> $4
    AND ("j0"."id" IS NOT NULL))
  AND (("j4"."split" IS NULL OR "j4"."split" <> CAST($5::text AS "Split"))
    AND ("j4"."id" IS NOT NULL)
    AND ("j3"."id" IS NOT NULL)))
ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
LIMIT $6
OFFSET $7; -- 7 values

SELECT "Model"."id"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Patient"."id", "Patient"."cohort"::text
FROM "Patient"
WHERE "Patient"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Settings"."id", "Settings"."blindTestPatients"
FROM "Settings"
WHERE ("Settings"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
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
WHERE (("j1"."site" = $1
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL))
  AND "Slice"."id" <> $2
  AND EXISTS(
    SELECT "t2"."sliceId"
    FROM "Flag" AS "t2"
    LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("t2"."studyId")
    LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
    WHERE ("t2"."modelId" = $3
      AND "t2"."studyId" = $4
      AND (("j4"."split" IS NULL OR "j4"."split" <> CAST($5::text AS "Split"))
        AND ("j4"."id" IS NOT NULL)
        AND ("j3"."id" IS NOT NULL))
      AND ("Slice"."id") = ("t2"."sliceId")
      AND "t2"."sliceId" IS NOT NULL)))
ORDER BY "Slice"."position" ASC
OFFSET $6; -- 6 values

SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
FROM "Slice"
WHERE "Slice"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Study"."id", "Study"."patientId"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values
