-- runs/append-run-log

INSERT INTO "RunLogLine" ("runId","at","worker","text")
VALUES ($1,$2,$3,$4)
RETURNING "RunLogLine"."id", "RunLogLine"."runId", "RunLogLine"."at", "RunLogLine"."worker", "RunLogLine"."text"; -- 4 values

SELECT pg_notify($1, $2); -- 2 values
