-- models/find-production

-- ## a model that was trained elsewhere
SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT SUM("correctedSlices") AS "_sum$correctedSlices"
FROM (
  SELECT "Study"."correctedSlices"
  FROM "Study"
  WHERE "Study"."cohort" = CAST($1::text AS "Cohort")
  OFFSET $2) AS "sub"; -- 2 values

-- ## new labels since a run of this installation
SELECT "TrainingRun"."id", "TrainingRun"."snapshotId", "TrainingRun"."createdAt"
FROM "TrainingRun"
WHERE ("TrainingRun"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT count(*)::int AS "slices"
FROM "Label" l
JOIN "Slice" s ON s."id" = l."sliceId"
AND s."currentLabelId" = l."id"
JOIN "Study" t ON t."id" = s."studyId"
LEFT JOIN "SnapshotItem" i ON i."snapshotId" = $1::uuid
AND i."sliceId" = s."id"
LEFT JOIN "Label" learned ON learned."id" = i."labelId"
WHERE l."source" <> 'IMPORTED'
AND l."createdAt" > $2
AND t."cohort"::text = $3
AND (learned."id" IS NULL OR learned."labelClass" <> l."labelClass" OR learned."maskSha256" IS DISTINCT FROM l."maskSha256"); -- 3 values
