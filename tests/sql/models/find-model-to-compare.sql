-- models/find-model-to-compare

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
LEFT JOIN "Snapshot" AS "j0" ON ("j0"."id") = ("Evaluation"."snapshotId")
WHERE ("Evaluation"."modelId" = $1
  AND "Evaluation"."comparedWithId" = $2
  AND "Evaluation"."partnerId" IS NOT NULL
  AND ("j0"."cohort" = CAST($3::text AS "Cohort")
    AND ("j0"."id" IS NOT NULL)))
ORDER BY "Evaluation"."createdAt" DESC
LIMIT $4
OFFSET $5; -- 5 values

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."id" IN (NULL)
OFFSET $1; -- 1 value

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE ("Model"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values
