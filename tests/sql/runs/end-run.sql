-- runs/end-run

-- transaction
  UPDATE "TrainingRun"
  SET "finishedAt" = $1
  WHERE ("TrainingRun"."id" = $2
    AND "TrainingRun"."finishedAt" IS NULL); -- 2 values

  INSERT INTO "RunLogLine" ("runId","at","text")
  VALUES ($1,$2,$3)
  RETURNING "RunLogLine"."id", "RunLogLine"."runId", "RunLogLine"."at", "RunLogLine"."worker", "RunLogLine"."text"; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
