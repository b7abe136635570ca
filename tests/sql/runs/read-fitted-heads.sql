-- runs/read-fitted-heads

SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
FROM "TrainingStep"
WHERE ("TrainingStep"."runId" = $1
  AND "TrainingStep"."kind" = $2)
ORDER BY "TrainingStep"."index" ASC
OFFSET $3; -- 3 values
