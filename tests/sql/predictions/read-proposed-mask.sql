-- predictions/read-proposed-mask

-- ## of the model in production
SELECT "Label"."id", "Label"."source"::text, "Label"."undoneById"
FROM "Label"
WHERE "Label"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Model"."id"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Patient"."id", "Patient"."split"::text
FROM "Patient"
WHERE "Patient"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
FROM "Prediction"
WHERE ("Prediction"."modelId" = $1
  AND "Prediction"."sliceId" IN ($2))
OFFSET $3; -- 3 values

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

-- ## of one that is named
SELECT "Label"."id", "Label"."source"::text, "Label"."undoneById"
FROM "Label"
WHERE "Label"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Patient"."id", "Patient"."split"::text
FROM "Patient"
WHERE "Patient"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
FROM "Prediction"
WHERE ("Prediction"."modelId" = $1
  AND "Prediction"."sliceId" IN ($2))
OFFSET $3; -- 3 values

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
