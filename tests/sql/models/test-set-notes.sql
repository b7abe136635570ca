-- models/test-set-notes

SELECT "EvaluationPatient"."evaluationId", "EvaluationPatient"."patientId", "EvaluationPatient"."slices", "EvaluationPatient"."tumorSlices"
FROM "EvaluationPatient"
WHERE "EvaluationPatient"."evaluationId" = $1
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."runId"
FROM "Model"
WHERE ("Model"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Patient"."id", "Patient"."site"
FROM "Patient"
WHERE "Patient"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "TrainingRun"."id", "TrainingRun"."snapshotId", "TrainingRun"."notes"
FROM "TrainingRun"
WHERE "TrainingRun"."id" = $1
OFFSET $2; -- 2 values
