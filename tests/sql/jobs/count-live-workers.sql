-- jobs/count-live-workers

SELECT count(*)::int AS "count"
FROM "WorkerProcess"
WHERE "heartbeatAt" > now() - interval '15 seconds';
