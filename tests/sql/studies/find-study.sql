-- studies/find-study

SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text
FROM "Flag"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Flag"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE (("Flag"."modelId" = $1
    AND (("j1"."split" IS NULL OR "j1"."split" <> CAST($2::text AS "Split"))
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  AND "Flag"."sliceId" IN ($3,$4))
OFFSET $5; -- 5 values

SELECT "Label"."id", "Label"."sliceId", "Label"."labelClass"::text, "Label"."areaPixels", "Label"."maskSha256"
FROM "Label"
LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Label"."sliceId")
WHERE (("j0"."studyId" = $1
    AND ("j0"."id" IS NOT NULL))
  AND "Label"."source" = CAST($2::text AS "LabelSource")
  AND "Label"."undoneById" IS NULL)
ORDER BY "Label"."version" ASC
OFFSET $3; -- 3 values

SELECT "Slice"."id"
FROM "Slice"
WHERE "Slice"."studyId" = $1
ORDER BY "Slice"."position" ASC
OFFSET $2; -- 2 values

SELECT "Study"."id"
FROM "Study"
LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
WHERE (("j0"."site" = $1
    AND ("j0"."id" IS NOT NULL))
  AND "Study"."patientKey" <= $2
  AND ("Study"."patientKey" < $3 OR ("Study"."patientKey" = $4
      AND "Study"."key" < $5)))
ORDER BY "Study"."patientKey" DESC, "Study"."key" DESC
LIMIT $6
OFFSET $7; -- 7 values

SELECT "Study"."id"
FROM "Study"
LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
WHERE (("j0"."site" = $1
    AND ("j0"."id" IS NOT NULL))
  AND "Study"."patientKey" >= $2
  AND ("Study"."patientKey" > $3 OR ("Study"."patientKey" = $4
      AND "Study"."key" > $5)))
ORDER BY "Study"."patientKey" ASC, "Study"."key" ASC
LIMIT $6
OFFSET $7; -- 7 values

-- transaction, repeatable read
  SELECT "Flag"."modelId", "Flag"."sliceId", "Flag"."reason"::text, "Flag"."studyId", "Flag"."cohort"::text, "Flag"."confidence", "Flag"."createdAt"
  FROM "Flag"
  WHERE ("Flag"."modelId" = $1
    AND "Flag"."sliceId" IN ($2,$3,$4))
  ORDER BY "Flag"."reason" ASC
  OFFSET $5; -- 5 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
  FROM "Label"
  WHERE "Label"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  -- (2 times)
  SELECT "Model"."id", "Model"."number"
  FROM "Model"
  WHERE "Model"."id" IN ($1,$2)
  OFFSET $3; -- 3 values

  SELECT "Model"."id", "Model"."number", "Model"."threshold"
  FROM "Model"
  WHERE "Model"."id" IN ($1,$2,$3)
  OFFSET $4; -- 4 values

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE "Patient"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT "Settings"."id", "Settings"."blindTestPatients"
  FROM "Settings"
  WHERE ("Settings"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
  FROM "Slice"
  WHERE "Slice"."studyId" IN ($1)
  ORDER BY "Slice"."position" ASC
  OFFSET $2; -- 2 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("Study"."patientId")
  WHERE ("Study"."id" = $1
    AND ("j0"."site" = $2
      AND ("j0"."id" IS NOT NULL)))
  LIMIT $3
  OFFSET $4; -- 4 values

  -- (2 times)
  SELECT "User"."id", "User"."name"
  FROM "User"
  WHERE "User"."id" IN ($1,$2)
  OFFSET $3; -- 3 values

-- end
