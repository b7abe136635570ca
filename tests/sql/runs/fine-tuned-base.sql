-- runs/fine-tuned-base

SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
FROM "TrainingStep"
WHERE ("TrainingStep"."runId" = $1
  AND "TrainingStep"."kind" = $2
  AND "TrainingStep"."finishedAt" IS NOT NULL)
LIMIT $3
OFFSET $4; -- 4 values
