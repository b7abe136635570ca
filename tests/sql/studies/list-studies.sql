-- studies/list-studies

-- ## by patient
-- transaction, repeatable read
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
  WHERE "Patient"."id" IN ($1,$2,$3,$4)
  OFFSET $5; -- 5 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  WHERE (("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    AND "Study"."cohort" = CAST($2::text AS "Cohort"))
  ORDER BY "Study"."patientKey" ASC, "Study"."key" ASC
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2,$3,$4,$5))
  OFFSET $6; -- 6 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Study"."id"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    WHERE (("j0"."site" = $1
        AND ("j0"."id" IS NOT NULL))
      AND "Study"."cohort" = CAST($2::text AS "Cohort"))
    OFFSET $3) AS "sub"; -- 3 values

-- end

-- ## by patient, searched, the next page
-- transaction, repeatable read
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

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  WHERE (("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    AND ("Study"."key" ILIKE ('%' || $2 || '%') OR "Study"."patientKey" ILIKE ('%' || $3 || '%'))
    AND "Study"."cohort" = CAST($4::text AS "Cohort")
    AND "Study"."patientKey" >= $5
    AND ("Study"."patientKey" > $6 OR ("Study"."patientKey" = $7
        AND "Study"."key" > $8)))
  ORDER BY "Study"."patientKey" ASC, "Study"."key" ASC
  LIMIT $9
  OFFSET $10; -- 10 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Study"."id"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    WHERE (("j0"."site" = $1
        AND ("j0"."id" IS NOT NULL))
      AND ("Study"."key" ILIKE ('%' || $2 || '%') OR "Study"."patientKey" ILIKE ('%' || $3 || '%'))
      AND "Study"."cohort" = CAST($4::text AS "Cohort"))
    OFFSET $5) AS "sub"; -- 5 values

-- end

-- ## newest first, with flags
-- transaction, repeatable read
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

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("Study"."patientId")
  WHERE (("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    AND "Study"."cohort" = CAST($2::text AS "Cohort")
    AND EXISTS(
      SELECT "t1"."studyId"
      FROM "StudyPrediction" AS "t1"
      WHERE ("t1"."modelId" = $3
        AND "t1"."flaggedSlices" > $4
        AND ("Study"."id") = ("t1"."studyId")
        AND "t1"."studyId" IS NOT NULL))
    AND ((("j2"."split" IS NULL OR "j2"."split" <> CAST($5::text AS "Split"))
        AND ("j2"."id" IS NOT NULL)) OR "Study"."correctedSlices" >= "Study"."sliceCount"))
  ORDER BY "Study"."createdAt" DESC, "Study"."id" DESC
  LIMIT $6
  OFFSET $7; -- 7 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Study"."id"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("Study"."patientId")
    WHERE (("j0"."site" = $1
        AND ("j0"."id" IS NOT NULL))
      AND "Study"."cohort" = CAST($2::text AS "Cohort")
      AND EXISTS(
        SELECT "t1"."studyId"
        FROM "StudyPrediction" AS "t1"
        WHERE ("t1"."modelId" = $3
          AND "t1"."flaggedSlices" > $4
          AND ("Study"."id") = ("t1"."studyId")
          AND "t1"."studyId" IS NOT NULL))
      AND ((("j2"."split" IS NULL OR "j2"."split" <> CAST($5::text AS "Split"))
          AND ("j2"."id" IS NOT NULL)) OR "Study"."correctedSlices" >= "Study"."sliceCount"))
    OFFSET $6) AS "sub"; -- 6 values

-- end

-- ## by doubt, of any cohort
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
  WHERE "Patient"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("Study"."patientId")
  WHERE (("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    AND (NOT (EXISTS(
          SELECT "t1"."studyId"
          FROM "StudyPrediction" AS "t1"
          WHERE ("t1"."modelId" = $2
            AND "t1"."lowestConfidence" IS NOT NULL
            AND ("Study"."id") = ("t1"."studyId")
            AND "t1"."studyId" IS NOT NULL))
        AND ((("j2"."split" IS NULL OR "j2"."split" <> CAST($3::text AS "Split"))
            AND ("j2"."id" IS NOT NULL)) OR "Study"."correctedSlices" >= "Study"."sliceCount"))))
  ORDER BY "Study"."id" ASC
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE "Study"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId"
  FROM "StudyPrediction"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("StudyPrediction"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j0"."patientId")
  WHERE ("StudyPrediction"."modelId" = $1
    AND (("j1"."site" = $2
        AND ("j1"."id" IS NOT NULL))
      AND ((("j2"."split" IS NULL OR "j2"."split" <> CAST($3::text AS "Split"))
          AND ("j2"."id" IS NOT NULL)) OR "j0"."correctedSlices" >= "j0"."sliceCount")
      AND ("j0"."id" IS NOT NULL))
    AND "StudyPrediction"."lowestConfidence" IS NOT NULL)
  ORDER BY "StudyPrediction"."lowestConfidence" ASC, "StudyPrediction"."studyId" ASC
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2))
  OFFSET $3; -- 3 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Study"."id"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    WHERE ("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    OFFSET $2) AS "sub"; -- 2 values

-- end

-- ## with slices without a label
-- transaction, repeatable read
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
  WHERE "Patient"."id" IN ($1,$2)
  OFFSET $3; -- 3 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  WHERE (("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    AND "Study"."cohort" = CAST($2::text AS "Cohort")
    AND "Study"."labelledSlices" < "Study"."sliceCount")
  ORDER BY "Study"."patientKey" ASC, "Study"."key" ASC
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2,$3))
  OFFSET $4; -- 4 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Study"."id"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    WHERE (("j0"."site" = $1
        AND ("j0"."id" IS NOT NULL))
      AND "Study"."cohort" = CAST($2::text AS "Cohort")
      AND "Study"."labelledSlices" < "Study"."sliceCount")
    OFFSET $3) AS "sub"; -- 3 values

-- end

-- ## corrected
-- transaction, repeatable read
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
  WHERE "Patient"."id" IN ($1,$2)
  OFFSET $3; -- 3 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  WHERE (("j0"."site" = $1
      AND ("j0"."id" IS NOT NULL))
    AND "Study"."cohort" = CAST($2::text AS "Cohort")
    AND "Study"."correctedSlices" > $3)
  ORDER BY "Study"."patientKey" ASC, "Study"."key" ASC
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "StudyPrediction"."modelId", "StudyPrediction"."studyId", "StudyPrediction"."cohort"::text, "StudyPrediction"."predictedSlices", "StudyPrediction"."tumorSlices", "StudyPrediction"."lowestConfidence", "StudyPrediction"."flaggedSlices", "StudyPrediction"."tumorBits"
  FROM "StudyPrediction"
  WHERE ("StudyPrediction"."modelId" = $1
    AND "StudyPrediction"."studyId" IN ($2,$3))
  OFFSET $4; -- 4 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Study"."id"
    FROM "Study"
    LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
    WHERE (("j0"."site" = $1
        AND ("j0"."id" IS NOT NULL))
      AND "Study"."cohort" = CAST($2::text AS "Cohort")
      AND "Study"."correctedSlices" > $3)
    OFFSET $4) AS "sub"; -- 4 values

-- end
