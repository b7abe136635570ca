-- system/store-machine-report

-- ## storeMachineReport
-- transaction
  SELECT capabilities
  FROM "WorkerProcess"
  WHERE id = $1::uuid FOR UPDATE; -- 1 value

  UPDATE "WorkerProcess"
  SET "capabilities" = $1
  WHERE ("WorkerProcess"."id" = $2
    AND 1=1)
  RETURNING "WorkerProcess"."id", "WorkerProcess"."host", "WorkerProcess"."pid", "WorkerProcess"."startedAt", "WorkerProcess"."heartbeatAt", "WorkerProcess"."capabilities", "WorkerProcess"."queueIds"; -- 2 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## isExaminationAsked
SELECT "WorkerProcess"."id", "WorkerProcess"."capabilities"
FROM "WorkerProcess"
WHERE ("WorkerProcess"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values
