-- patients/find-patient

-- transaction, repeatable read
  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE "Patient"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE ("Patient"."id" = $1
    AND "Patient"."site" = $2)
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE "Study"."patientId" IN ($1)
  ORDER BY "Study"."key" ASC
  OFFSET $2; -- 2 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2))
  OFFSET $3; -- 3 values

-- end
