-- runs/read-run-log

SELECT "RunLogLine"."id", "RunLogLine"."runId", "RunLogLine"."at", "RunLogLine"."worker", "RunLogLine"."text"
FROM "RunLogLine"
WHERE "RunLogLine"."runId" = $1
ORDER BY "RunLogLine"."id" DESC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "TrainingRun"."id", "TrainingRun"."number"
FROM "TrainingRun"
WHERE ("TrainingRun"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values
