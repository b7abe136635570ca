-- labels/my-decisions

-- (2 times)
SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1,$2)
OFFSET $3; -- 3 values

-- (2 times)
SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."act"::text, "Label"."restoredVersion"
FROM "Label"
WHERE (("Label"."sliceId" = $1
    AND "Label"."version" IN ($2,$3)) OR ("Label"."sliceId" = $4
    AND "Label"."version" IN ($5,$6)))
OFFSET $7; -- 7 values

SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
FROM "Label"
LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Label"."sliceId")
LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
WHERE ("Label"."authorId" = $1
  AND "Label"."source" <> CAST($2::text AS "LabelSource")
  AND ("Label"."act" IS NULL OR "Label"."act" <> CAST($3::text AS "LabelAct"))
  AND ("j2"."site" = $4
    AND ("j2"."id" IS NOT NULL)
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
ORDER BY "Label"."createdAt" DESC
LIMIT $5
OFFSET $6; -- 6 values

SELECT "Slice"."id", "Slice"."position", "Slice"."studyId", "Slice"."labelVersion"
FROM "Slice"
WHERE "Slice"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Study"."id", "Study"."patientKey"
FROM "Study"
WHERE "Study"."id" IN ($1)
OFFSET $2; -- 2 values
