-- flags/list-flagged

-- ## any reason
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."confidence"
  FROM "Flag"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND ("j2"."site" = $3
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $4
  OFFSET $5; -- 5 values

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
    WHERE ("StudyPrediction"."modelId" = $1
      AND "StudyPrediction"."flaggedSlices" > $2
      AND "StudyPrediction"."cohort" = CAST($3::text AS "Cohort")
      AND ("j1"."site" = $4
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL)))
    OFFSET $5) AS "sub"; -- 5 values

-- end

-- ## one reason, real patients
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."confidence"
  FROM "Flag"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND "Flag"."reason" = CAST($3::text AS "FlagReason")
    AND ("j2"."site" = $4
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
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

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE "Patient"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3,$4,$5))
  OFFSET $6; -- 6 values

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
    LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Flag"."sliceId")
    LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
    LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
    WHERE ("Flag"."modelId" = $1
      AND "Flag"."cohort" = CAST($2::text AS "Cohort")
      AND "Flag"."reason" = CAST($3::text AS "FlagReason")
      AND ("j2"."site" = $4
        AND ("j2"."id" IS NOT NULL)
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL)))
    OFFSET $5) AS "sub"; -- 5 values

-- end

-- ## the next page
-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."confidence"
  FROM "Flag"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Flag"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."cohort" = CAST($2::text AS "Cohort")
    AND ("j2"."site" = $3
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    AND "Flag"."confidence" >= $4
    AND ("Flag"."confidence" > $5 OR ("Flag"."confidence" = $6
        AND "Flag"."sliceId" > $7)))
  ORDER BY "Flag"."confidence" ASC, "Flag"."sliceId" ASC
  LIMIT $8
  OFFSET $9; -- 9 values

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
    WHERE ("StudyPrediction"."modelId" = $1
      AND "StudyPrediction"."flaggedSlices" > $2
      AND "StudyPrediction"."cohort" = CAST($3::text AS "Cohort")
      AND ("j1"."site" = $4
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL)))
    OFFSET $5) AS "sub"; -- 5 values

-- end
