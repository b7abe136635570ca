-- runs/begin-stage

-- transaction
  INSERT INTO "Job" ("id","kind","payload","status","progressDone","progressTotal","attempts","workerDeaths","deathProgress","createdAt","parentId")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11)
  RETURNING "Job"."id"; -- 11 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', c."id"::text), max_attempts => $2::int, run_at => w."createdAt")
  FROM unnest($3::uuid[]) WITH ORDINALITY AS c("id", "place"), "Job" w
  WHERE w."id" = $4::uuid
  ORDER BY c."place"; -- 4 values

  INSERT INTO "TrainingStep" ("runId","kind","index","jobId","seconds","backboneRuns")
  VALUES ($1,$2,$3,$4,$5,$6); -- 6 values

-- end
