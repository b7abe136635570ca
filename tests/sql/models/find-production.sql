-- models/find-production

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Label"."id"
  FROM "Label"
  WHERE ("Label"."source" <> CAST($1::text AS "LabelSource")
    AND "Label"."createdAt" > $2
    AND ("Label"."act" IS NULL OR "Label"."act" <> CAST($3::text AS "LabelAct")))
  OFFSET $4) AS "sub"; -- 4 values
