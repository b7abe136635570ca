-- imports/finish-upload

-- transaction
  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND "Import"."uploaded" = $2
    AND "Import"."requestedById" = $3)
  LIMIT $4
  OFFSET $5; -- 5 values

  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState")
  WHERE ("Import"."id" = $2
    AND "Import"."state" = CAST($3::text AS "ImportState")); -- 3 values

  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt"
  FROM "Job"
  WHERE ("key" = $1 OR starts_with("key", $2))
  AND "status" IN ('WAITING', 'RUNNING')
  ORDER BY "createdAt", "id" FOR NO KEY UPDATE; -- 2 values

  INSERT INTO "Job" ("id","kind","payload","status","key","progressDone","progressTotal","attempts","workerDeaths","deathProgress","requestedById","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11,$12)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 12 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', $2::text), queue_name => $3::text, max_attempts => $4::int); -- 4 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

-- end
