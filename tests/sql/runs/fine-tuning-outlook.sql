-- runs/fine-tuning-outlook

SELECT "capabilities"
FROM "WorkerProcess"
WHERE "heartbeatAt" > now() - interval '15 seconds';
