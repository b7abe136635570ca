-- imports/report-import

-- transaction
  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "ImportedFile"."importId", "ImportedFile"."file", "ImportedFile"."reason"
  FROM "ImportedFile"
  WHERE ("ImportedFile"."importId" = $1
    AND "ImportedFile"."outcome" = $2)
  ORDER BY "ImportedFile"."file" ASC
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."maskConflict" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  SELECT array_agg(f."file"
    ORDER BY f."file") AS "files"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  WHERE f."importId" = $1::uuid
  GROUP BY s."fileSha256"
  HAVING count(*) > 1
  ORDER BY 1; -- 1 value

  SELECT count(DISTINCT t."patientId")::int AS "patients", count(DISTINCT t."id")::int AS "studies", count(*)::int AS "slices", count(*) FILTER (
    WHERE f."hasMask")::int AS "masks", count(*) FILTER (
    WHERE f."hasTumor")::int AS "tumorSlices", count(*) FILTER (
    WHERE f."outcome" = 'already-there')::int AS "alreadyThere"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  WHERE f."importId" = $1::uuid; -- 1 value

-- end
