-- runs/fine-tuning-outlook

SELECT "WorkerProcess"."id", "WorkerProcess"."capabilities"
FROM "WorkerProcess"
WHERE "WorkerProcess"."heartbeatAt" > $1
OFFSET $2; -- 2 values
