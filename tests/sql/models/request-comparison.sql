-- models/request-comparison

-- transaction
  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  LEFT JOIN "Snapshot" AS "j0" ON ("j0"."id") = ("Evaluation"."snapshotId")
  WHERE ("Evaluation"."modelId" = $1
    AND "Evaluation"."comparedWithId" = $2
    AND "Evaluation"."partnerId" IS NOT NULL
    AND ("j0"."cohort" = CAST($3::text AS "Cohort")
      AND ("j0"."id" IS NOT NULL)))
  ORDER BY "Evaluation"."createdAt" DESC
  LIMIT $4
  OFFSET $5; -- 5 values

  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  WHERE "Evaluation"."id" IN (NULL)
  OFFSET $1; -- 1 value

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE ("Model"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "TrainingRun"."id", "TrainingRun"."snapshotId"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT pt."id"
  FROM "Patient" pt
  WHERE EXISTS (
    SELECT
    FROM "SnapshotItem" i
    WHERE i."patientId" = pt."id"
    AND i."snapshotId" = $1::uuid
    AND i."split" = 'TEST' )
  AND NOT EXISTS (
    SELECT
    FROM "ModelPatient" m
    WHERE m."modelId" = ANY ($2::uuid[])
    AND m."hashedKey" = pt."hashedKey"
    AND m."split" IS DISTINCT FROM 'TEST' )
  AND NOT EXISTS (
    SELECT
    FROM "BaseSeenPatient" b
    WHERE b."baseSha256" = $3
    AND b."hashedKey" = pt."hashedKey" )
  ORDER BY pt."id"; -- 3 values

  -- (2 times)
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  -- (2 times)
  SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt"
  FROM "Job"
  WHERE ("key" = $1 OR starts_with("key", $2))
  AND "status" IN ('WAITING', 'RUNNING')
  ORDER BY "createdAt", "id" FOR NO KEY UPDATE; -- 2 values

  -- (2 times)
  INSERT INTO "Job" ("id","kind","payload","status","key","progressDone","progressTotal","attempts","workerDeaths","deathProgress","requestedById","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11,$12)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 12 values

  -- (2 times)
  SELECT graphile_worker.add_job($1, json_build_object('jobId', $2::text), queue_name => $3::text, max_attempts => $4::int); -- 4 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
