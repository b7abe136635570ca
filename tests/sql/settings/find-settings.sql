-- settings/find-settings

-- transaction, repeatable read
  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Patient"."id"
    FROM "Patient"
    WHERE ("Patient"."site" = $1
      AND "Patient"."split" = CAST($2::text AS "Split"))
    OFFSET $3) AS "sub"; -- 3 values

  SELECT SUM("sliceCount") AS "_sum$sliceCount", SUM("correctedSlices") AS "_sum$correctedSlices"
  FROM (
    SELECT "Study"."sliceCount", "Study"."correctedSlices"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("Study"."patientId")
    WHERE (("j0"."site" = $1
        AND ("j0"."id" IS NOT NULL))
      AND ("j1"."split" = CAST($2::text AS "Split")
        AND ("j1"."id" IS NOT NULL)))
    OFFSET $3) AS "sub"; -- 3 values

-- end
