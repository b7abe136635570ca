-- bases/list-bases

SELECT "Base"."sha256", "Base"."name"
FROM "Base"
WHERE "Base"."sha256" IN ($1,$2)
OFFSET $3; -- 3 values

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
WHERE 1=1
ORDER BY "Base"."createdAt" ASC, "Base"."sha256" ASC
OFFSET $1; -- 1 value

SELECT "Model"."id", "Model"."baseSha256"
FROM "Model"
WHERE ("Model"."state" = CAST($1::text AS "ModelState")
  AND "Model"."baseSha256" IN ($2,$3))
OFFSET $4; -- 4 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" IN ($1,$2)
OFFSET $3; -- 3 values
