-- models/find-model

-- ## a candidate
-- (2 times)
SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."key" IN ($1,$2)
ORDER BY "Job"."createdAt" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Base"."sha256", "Base"."name"
FROM "Base"
WHERE "Base"."sha256" IN ($1)
OFFSET $2; -- 2 values

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt", COALESCE("aggr_selection_0_Model"."_aggr_count_models", 0) AS "_aggr_count_models", COALESCE("aggr_selection_1_BaseSeenPatient"."_aggr_count_seenPatients", 0) AS "_aggr_count_seenPatients"
FROM "Base"
LEFT JOIN (
  SELECT "Model"."baseSha256", COUNT(*) AS "_aggr_count_models"
  FROM "Model"
  WHERE 1=1
  GROUP BY "Model"."baseSha256") AS "aggr_selection_0_Model" ON ("Base"."sha256" = "aggr_selection_0_Model"."baseSha256")
LEFT JOIN (
  SELECT "BaseSeenPatient"."baseSha256", COUNT(*) AS "_aggr_count_seenPatients"
  FROM "BaseSeenPatient"
  WHERE 1=1
  GROUP BY "BaseSeenPatient"."baseSha256") AS "aggr_selection_1_BaseSeenPatient" ON ("Base"."sha256" = "aggr_selection_1_BaseSeenPatient"."baseSha256")
WHERE "Base"."sha256" = $1
OFFSET $2; -- 2 values

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."modelId" = $1
ORDER BY "Evaluation"."createdAt" DESC
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."baseSha256"
FROM "Model"
WHERE ("Model"."state" = CAST($1::text AS "ModelState")
  AND "Model"."baseSha256" IN ($2))
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId", COALESCE("aggr_selection_0_ModelPatient"."_aggr_count_patients", 0) AS "_aggr_count_patients"
FROM "Model"
LEFT JOIN (
  SELECT "ModelPatient"."modelId", COUNT(*) AS "_aggr_count_patients"
  FROM "ModelPatient"
  WHERE ("ModelPatient"."split" IS NULL OR "ModelPatient"."split" <> CAST($1::text AS "Split"))
  GROUP BY "ModelPatient"."modelId") AS "aggr_selection_0_ModelPatient" ON ("Model"."id" = "aggr_selection_0_ModelPatient"."modelId")
WHERE ("Model"."id" = $2
  AND 1=1)
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Snapshot"."id", "Snapshot"."cohort"::text
FROM "Snapshot"
WHERE "Snapshot"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT SUM("predictedSlices") AS "_sum$predictedSlices"
FROM (
  SELECT "StudyPrediction"."predictedSlices"
  FROM "StudyPrediction"
  WHERE "StudyPrediction"."modelId" = $1
  OFFSET $2) AS "sub"; -- 2 values

-- ## the model in production
-- (2 times)
SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."key" IN ($1,$2)
ORDER BY "Job"."createdAt" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Base"."sha256", "Base"."name"
FROM "Base"
WHERE "Base"."sha256" IN ($1)
OFFSET $2; -- 2 values

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt", COALESCE("aggr_selection_0_Model"."_aggr_count_models", 0) AS "_aggr_count_models", COALESCE("aggr_selection_1_BaseSeenPatient"."_aggr_count_seenPatients", 0) AS "_aggr_count_seenPatients"
FROM "Base"
LEFT JOIN (
  SELECT "Model"."baseSha256", COUNT(*) AS "_aggr_count_models"
  FROM "Model"
  WHERE 1=1
  GROUP BY "Model"."baseSha256") AS "aggr_selection_0_Model" ON ("Base"."sha256" = "aggr_selection_0_Model"."baseSha256")
LEFT JOIN (
  SELECT "BaseSeenPatient"."baseSha256", COUNT(*) AS "_aggr_count_seenPatients"
  FROM "BaseSeenPatient"
  WHERE 1=1
  GROUP BY "BaseSeenPatient"."baseSha256") AS "aggr_selection_1_BaseSeenPatient" ON ("Base"."sha256" = "aggr_selection_1_BaseSeenPatient"."baseSha256")
WHERE "Base"."sha256" = $1
OFFSET $2; -- 2 values

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."modelId" = $1
ORDER BY "Evaluation"."createdAt" DESC
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."baseSha256"
FROM "Model"
WHERE ("Model"."state" = CAST($1::text AS "ModelState")
  AND "Model"."baseSha256" IN ($2))
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId", COALESCE("aggr_selection_0_ModelPatient"."_aggr_count_patients", 0) AS "_aggr_count_patients"
FROM "Model"
LEFT JOIN (
  SELECT "ModelPatient"."modelId", COUNT(*) AS "_aggr_count_patients"
  FROM "ModelPatient"
  WHERE ("ModelPatient"."split" IS NULL OR "ModelPatient"."split" <> CAST($1::text AS "Split"))
  GROUP BY "ModelPatient"."modelId") AS "aggr_selection_0_ModelPatient" ON ("Model"."id" = "aggr_selection_0_ModelPatient"."modelId")
WHERE ("Model"."id" = $2
  AND 1=1)
LIMIT $3
OFFSET $4; -- 4 values

SELECT "ModelDecision"."id", "ModelDecision"."kind"::text, "ModelDecision"."modelId", "ModelDecision"."previousModelId", "ModelDecision"."decidedById", "ModelDecision"."reason", "ModelDecision"."verdict", "ModelDecision"."onlyAdmin", "ModelDecision"."createdAt"
FROM "ModelDecision"
WHERE ("ModelDecision"."modelId" = $1
  AND "ModelDecision"."kind" = CAST($2::text AS "DecisionKind"))
ORDER BY "ModelDecision"."createdAt" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Snapshot"."id", "Snapshot"."cohort"::text
FROM "Snapshot"
WHERE "Snapshot"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT SUM("predictedSlices") AS "_sum$predictedSlices"
FROM (
  SELECT "StudyPrediction"."predictedSlices"
  FROM "StudyPrediction"
  WHERE "StudyPrediction"."modelId" = $1
  OFFSET $2) AS "sub"; -- 2 values
