-- flags/find-queue-place

-- ## training patients
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text
  FROM "Flag"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Flag"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  LEFT JOIN "Slice" AS "j2" ON ("j2"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("j2"."studyId")
  LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND (("j1"."split" IS NULL OR "j1"."split" <> CAST($3::text AS "Split"))
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    AND ("j4"."site" = $4
      AND ("j4"."id" IS NOT NULL)
      AND ("j3"."id" IS NOT NULL)
      AND ("j2"."id" IS NOT NULL))
    AND "Flag"."sliceId" <> $5
    AND "Flag"."confidence" >= $6
    AND ("Flag"."confidence" > $7 OR ("Flag"."confidence" = $8
        AND "Flag"."sliceId" > $9)))
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $10
  OFFSET $11; -- 11 values

  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text
  FROM "Flag"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Flag"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  LEFT JOIN "Slice" AS "j2" ON ("j2"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("j2"."studyId")
  LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND (("j1"."split" IS NULL OR "j1"."split" <> CAST($3::text AS "Split"))
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    AND ("j4"."site" = $4
      AND ("j4"."id" IS NOT NULL)
      AND ("j3"."id" IS NOT NULL)
      AND ("j2"."id" IS NOT NULL))
    AND "Flag"."sliceId" = $5)
  LIMIT $6
  OFFSET $7; -- 7 values

  SELECT "Label"."id", "Label"."source"::text, "Label"."undoneById"
  FROM "Label"
  WHERE "Label"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Patient"."id"
  FROM "Patient"
  WHERE "Patient"."cohort" = CAST($1::text AS "Cohort")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Patient"."id", "Patient"."split"::text
  FROM "Patient"
  WHERE "Patient"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Prediction"."id", "Prediction"."confidence", "Prediction"."sliceId"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2))
  OFFSET $3; -- 3 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
  FROM "Slice"
  WHERE "Slice"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
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
  WHERE "Study"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Slice"."id"
    FROM "Slice"
    LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
    LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
    WHERE (("j1"."site" = $1
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL))
      AND EXISTS(
        SELECT "t2"."sliceId"
        FROM "Flag" AS "t2"
        LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("t2"."studyId")
        LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
        LEFT JOIN "Slice" AS "j5" ON ("j5"."id") = ("t2"."sliceId")
        LEFT JOIN "Study" AS "j6" ON ("j6"."id") = ("j5"."studyId")
        LEFT JOIN "Patient" AS "j7" ON ("j7"."id") = ("j6"."patientId")
        WHERE ("t2"."modelId" = $2
          AND "t2"."cohort" = CAST($3::text AS "Cohort")
          AND (("j4"."split" IS NULL OR "j4"."split" <> CAST($4::text AS "Split"))
            AND ("j4"."id" IS NOT NULL)
            AND ("j3"."id" IS NOT NULL))
          AND ("j7"."site" = $5
            AND ("j7"."id" IS NOT NULL)
            AND ("j6"."id" IS NOT NULL)
            AND ("j5"."id" IS NOT NULL))
          AND "t2"."sliceId" <> $6
          AND "t2"."confidence" <= $7
          AND ("t2"."confidence" < $8 OR ("t2"."confidence" = $9
              AND "t2"."sliceId" < $10))
          AND ("Slice"."id") = ("t2"."sliceId")
          AND "t2"."sliceId" IS NOT NULL)))
    OFFSET $11) AS "sub"; -- 11 values

  SELECT SUM("flaggedSlices") AS "_sum$flaggedSlices"
  FROM (
    SELECT "StudyPrediction"."flaggedSlices"
    FROM "StudyPrediction"
    LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("StudyPrediction"."studyId")
    LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
    LEFT JOIN "Study" AS "j2" ON ("j2"."id") = ("StudyPrediction"."studyId")
    LEFT JOIN "Patient" AS "j3" ON ("j3"."id") = ("j2"."patientId")
    WHERE ("StudyPrediction"."modelId" = $1
      AND "StudyPrediction"."flaggedSlices" > $2
      AND "StudyPrediction"."cohort" = CAST($3::text AS "Cohort")
      AND ("j1"."site" = $4
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL))
      AND (("j3"."split" IS NULL OR "j3"."split" <> CAST($5::text AS "Split"))
        AND ("j3"."id" IS NOT NULL)
        AND ("j2"."id" IS NOT NULL)))
    OFFSET $6) AS "sub"; -- 6 values

-- end

-- ## one reason, all real patients
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text
  FROM "Flag"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Flag"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  LEFT JOIN "Slice" AS "j2" ON ("j2"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("j2"."studyId")
  LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND "Flag"."reason" = CAST($3::text AS "FlagReason")
    AND (("j1"."split" IS NULL OR "j1"."split" <> CAST($4::text AS "Split"))
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    AND ("j4"."site" = $5
      AND ("j4"."id" IS NOT NULL)
      AND ("j3"."id" IS NOT NULL)
      AND ("j2"."id" IS NOT NULL))
    AND "Flag"."sliceId" <> $6
    AND "Flag"."confidence" >= $7
    AND ("Flag"."confidence" > $8 OR ("Flag"."confidence" = $9
        AND "Flag"."sliceId" > $10)))
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $11
  OFFSET $12; -- 12 values

  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text
  FROM "Flag"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Flag"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  LEFT JOIN "Slice" AS "j2" ON ("j2"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("j2"."studyId")
  LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND "Flag"."reason" = CAST($3::text AS "FlagReason")
    AND (("j1"."split" IS NULL OR "j1"."split" <> CAST($4::text AS "Split"))
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    AND ("j4"."site" = $5
      AND ("j4"."id" IS NOT NULL)
      AND ("j3"."id" IS NOT NULL)
      AND ("j2"."id" IS NOT NULL))
    AND "Flag"."sliceId" = $6)
  LIMIT $7
  OFFSET $8; -- 8 values

  SELECT "Label"."id", "Label"."source"::text, "Label"."undoneById"
  FROM "Label"
  WHERE "Label"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Patient"."id", "Patient"."split"::text
  FROM "Patient"
  WHERE "Patient"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Prediction"."id", "Prediction"."confidence", "Prediction"."sliceId"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2))
  OFFSET $3; -- 3 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position"
  FROM "Slice"
  WHERE "Slice"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
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
  WHERE "Study"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"
    FROM "Flag"
    LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Flag"."studyId")
    LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
    LEFT JOIN "Slice" AS "j2" ON ("j2"."id") = ("Flag"."sliceId")
    LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("j2"."studyId")
    LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
    WHERE ("Flag"."modelId" = $1
      AND "Flag"."cohort" = CAST($2::text AS "Cohort")
      AND "Flag"."reason" = CAST($3::text AS "FlagReason")
      AND (("j1"."split" IS NULL OR "j1"."split" <> CAST($4::text AS "Split"))
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL))
      AND ("j4"."site" = $5
        AND ("j4"."id" IS NOT NULL)
        AND ("j3"."id" IS NOT NULL)
        AND ("j2"."id" IS NOT NULL)))
    OFFSET $6) AS "sub"; -- 6 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Slice"."id"
    FROM "Slice"
    LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
    LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
    WHERE (("j1"."site" = $1
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL))
      AND EXISTS(
        SELECT "t2"."sliceId"
        FROM "Flag" AS "t2"
        LEFT JOIN "Study" AS "j3" ON ("j3"."id") = ("t2"."studyId")
        LEFT JOIN "Patient" AS "j4" ON ("j4"."id") = ("j3"."patientId")
        LEFT JOIN "Slice" AS "j5" ON ("j5"."id") = ("t2"."sliceId")
        LEFT JOIN "Study" AS "j6" ON ("j6"."id") = ("j5"."studyId")
        LEFT JOIN "Patient" AS "j7" ON ("j7"."id") = ("j6"."patientId")
        WHERE ("t2"."modelId" = $2
          AND "t2"."cohort" = CAST($3::text AS "Cohort")
          AND "t2"."reason" = CAST($4::text AS "FlagReason")
          AND (("j4"."split" IS NULL OR "j4"."split" <> CAST($5::text AS "Split"))
            AND ("j4"."id" IS NOT NULL)
            AND ("j3"."id" IS NOT NULL))
          AND ("j7"."site" = $6
            AND ("j7"."id" IS NOT NULL)
            AND ("j6"."id" IS NOT NULL)
            AND ("j5"."id" IS NOT NULL))
          AND "t2"."sliceId" <> $7
          AND "t2"."confidence" <= $8
          AND ("t2"."confidence" < $9 OR ("t2"."confidence" = $10
              AND "t2"."sliceId" < $11))
          AND ("Slice"."id") = ("t2"."sliceId")
          AND "t2"."sliceId" IS NOT NULL)))
    OFFSET $12) AS "sub"; -- 12 values

-- end
