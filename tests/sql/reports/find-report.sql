-- reports/find-report

SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
FROM "Evaluation"
WHERE "Evaluation"."modelId" = $1
ORDER BY "Evaluation"."createdAt" DESC
OFFSET $2; -- 2 values

SELECT "EvaluationPatient"."evaluationId", "EvaluationPatient"."patientId", "EvaluationPatient"."slices", "EvaluationPatient"."tumorSlices"
FROM "EvaluationPatient"
WHERE "EvaluationPatient"."evaluationId" = $1
OFFSET $2; -- 2 values

SELECT "EvaluationPatient"."evaluationId", "EvaluationPatient"."patientId", "EvaluationPatient"."slices", "EvaluationPatient"."tumorSlices", "EvaluationPatient"."tp", "EvaluationPatient"."fp", "EvaluationPatient"."tn", "EvaluationPatient"."fn", "EvaluationPatient"."auc", "EvaluationPatient"."dice"
FROM "EvaluationPatient"
LEFT JOIN "Patient" AS "orderby_1" ON ("orderby_1"."id") = ("EvaluationPatient"."patientId")
LEFT JOIN "Patient" AS "j0" ON ("j0"."id") = ("EvaluationPatient"."patientId")
WHERE ("EvaluationPatient"."evaluationId" = $1
  AND ("j0"."site" = $2
    AND ("j0"."id" IS NOT NULL)))
ORDER BY "orderby_1"."key" ASC
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE ("Model"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."runId"
FROM "Model"
WHERE ("Model"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Patient"."id", "Patient"."key"
FROM "Patient"
WHERE "Patient"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Patient"."id", "Patient"."site"
FROM "Patient"
WHERE "Patient"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Snapshot"."id", "Snapshot"."cohort"::text
FROM "Snapshot"
WHERE "Snapshot"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id", "TrainingRun"."snapshotId", "TrainingRun"."notes"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values
