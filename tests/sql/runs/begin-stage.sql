-- runs/begin-stage

-- transaction
  INSERT INTO "Job" ("id","kind","payload","status","progressDone","progressTotal","attempts","createdAt","parentId")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 9 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', $2::text), max_attempts => $3::int, run_at => w."createdAt")
  FROM "Job" w
  WHERE w."id" = $4::uuid; -- 4 values

  INSERT INTO "TrainingStep" ("runId","kind","index","jobId","seconds","backboneRuns")
  VALUES ($1,$2,$3,$4,$5,$6)
  RETURNING "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"; -- 6 values

-- end
