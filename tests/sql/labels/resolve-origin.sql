-- labels/resolve-origin

-- transaction
  SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
  FROM "Label"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Label"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  LEFT JOIN "Patient" AS "j2" ON ("j2"."id") = ("j1"."patientId")
  WHERE ("Label"."id" IN ($1)
    AND ("j2"."site" = $2
      AND ("j2"."id" IS NOT NULL)
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  OFFSET $3; -- 3 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."id" IN ($1)
  OFFSET $2; -- 2 values

-- end
