-- models/previous-production

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "ModelDecision"."id", "ModelDecision"."kind"::text, "ModelDecision"."modelId", "ModelDecision"."previousModelId", "ModelDecision"."decidedById", "ModelDecision"."reason", "ModelDecision"."verdict", "ModelDecision"."onlyAdmin", "ModelDecision"."createdAt"
FROM "ModelDecision"
WHERE ("ModelDecision"."modelId" = $1
  AND "ModelDecision"."kind" = CAST($2::text AS "DecisionKind"))
ORDER BY "ModelDecision"."createdAt" DESC
LIMIT $3
OFFSET $4; -- 4 values
