-- flags/list-flagged

-- ## any reason
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."confidence"
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
      AND ("j2"."id" IS NOT NULL)))
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $5
  OFFSET $6; -- 6 values

  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."studyId", "Flag"."cohort"::text, "Flag"."confidence", "Flag"."createdAt"
  FROM "Flag"
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."sliceId" IN ($2,$3,$4,$5))
  ORDER BY "Flag"."reason" ASC
  OFFSET $6; -- 6 values

  SELECT "Label"."id", "Label"."labelClass"::text
  FROM "Label"
  WHERE "Label"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

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

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE "Patient"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3,$4,$5))
  OFFSET $6; -- 6 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
  FROM "Slice"
  WHERE "Slice"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE "Study"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

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

-- ## one reason, real patients
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."confidence"
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
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $6
  OFFSET $7; -- 7 values

  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."studyId", "Flag"."cohort"::text, "Flag"."confidence", "Flag"."createdAt"
  FROM "Flag"
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."sliceId" IN ($2,$3,$4,$5))
  ORDER BY "Flag"."reason" ASC
  OFFSET $6; -- 6 values

  SELECT "Label"."id", "Label"."labelClass"::text
  FROM "Label"
  WHERE "Label"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE "Patient"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3,$4,$5))
  OFFSET $6; -- 6 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
  FROM "Slice"
  WHERE "Slice"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE "Study"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

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

-- end

-- ## the next page
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."confidence"
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
    AND "Flag"."confidence" >= $5
    AND ("Flag"."confidence" > $6 OR ("Flag"."confidence" = $7
        AND "Flag"."sliceId" > $8)))
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $9
  OFFSET $10; -- 10 values

  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."studyId", "Flag"."cohort"::text, "Flag"."confidence", "Flag"."createdAt"
  FROM "Flag"
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."sliceId" IN ($2,$3,$4,$5))
  ORDER BY "Flag"."reason" ASC
  OFFSET $6; -- 6 values

  SELECT "Label"."id", "Label"."labelClass"::text
  FROM "Label"
  WHERE "Label"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

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

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE "Patient"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3,$4,$5))
  OFFSET $6; -- 6 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
  FROM "Slice"
  WHERE "Slice"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE "Study"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

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
