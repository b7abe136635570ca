-- labels/list-labels

-- (2 times)
SELECT "Model"."id", "Model"."number"
FROM "Model"
WHERE "Model"."id" IN ($1,$2,$3)
OFFSET $4; -- 4 values

-- (2 times)
SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2,$3)
OFFSET $4; -- 4 values

SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
FROM "Label"
WHERE "Label"."sliceId" IN ($1)
ORDER BY "Label"."version" DESC
OFFSET $2; -- 2 values

SELECT "Slice"."id"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("Slice"."id" = $1
  AND ("j1"."site" = $2
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL)))
LIMIT $3
OFFSET $4; -- 4 values
