-- runs/finish-run

-- transaction
  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  SELECT pg_advisory_xact_lock(hashtextextended('register-model', 0));

  SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
  FROM "Base"
  WHERE ("Base"."sha256" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "BaseSeenPatient"."baseSha256", "BaseSeenPatient"."hashedKey"
  FROM "BaseSeenPatient"
  WHERE "BaseSeenPatient"."baseSha256" = $1
  ORDER BY "BaseSeenPatient"."hashedKey" ASC
  OFFSET $2; -- 2 values

  SELECT "Model"."id", "Model"."number"
  FROM "Model"
  WHERE 1=1
  ORDER BY "Model"."number" DESC
  LIMIT $1
  OFFSET $2; -- 2 values

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE ("Model"."artifactSha256" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  INSERT INTO "Model" ("id","number","artifactSha256","baseSha256","state","cohort","threshold","temperature","card","createdAt","runId")
  VALUES ($1,$2,$3,$4,CAST($5::text AS "ModelState"),CAST($6::text AS "Cohort"),$7,$8,$9,$10,$11)
  RETURNING "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"; -- 11 values

  -- (2 times)
  INSERT INTO "ModelPatient"
  SELECT $1::uuid, unnest($2::text[]), $3::"Split"
  ON CONFLICT DO NOTHING; -- 3 values

  SELECT count(*)::int AS "patients"
  FROM "ModelPatient" p
  JOIN "BaseSeenPatient" b ON b."hashedKey" = p."hashedKey"
  AND b."baseSha256" = $1
  WHERE p."modelId" = $2::uuid
  AND p."split" = 'TEST'; -- 2 values

  INSERT INTO "ModelPatient"
  SELECT $1::uuid, "hashedKey", NULL
  FROM "BaseSeenPatient"
  WHERE "baseSha256" = $2
  ON CONFLICT DO NOTHING; -- 2 values

  -- (4 times)
  SELECT pg_notify($1, $2); -- 2 values

  -- (2 times)
  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  WHERE ("Evaluation"."modelId" = $1
    AND "Evaluation"."snapshotId" = $2
    AND "Evaluation"."comparedWithId" = $3)
  LIMIT $4
  OFFSET $5; -- 5 values

  INSERT INTO "Evaluation" ("id","modelId","snapshotId","metrics","patients","slices","comparedWithId","partnerId","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "Evaluation"."id"; -- 9 values

  -- (2 times)
  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  WHERE "Evaluation"."id" = $1
  LIMIT $2
  OFFSET $3; -- 3 values

  INSERT INTO "Evaluation" ("id","modelId","snapshotId","metrics","patients","slices","comparedWithId","partnerId","differences","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
  RETURNING "Evaluation"."id"; -- 10 values

  UPDATE "TrainingStep"
  SET "result" = $1, "finishedAt" = $2
  WHERE ("TrainingStep"."runId" = $3
    AND "TrainingStep"."kind" = $4
    AND "TrainingStep"."index" = $5
    AND "TrainingStep"."finishedAt" IS NULL); -- 5 values

  UPDATE "TrainingRun"
  SET "finishedAt" = $1
  WHERE ("TrainingRun"."id" = $2
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 2 values

  UPDATE "Job"
  SET "status" = CAST($1::text AS "JobStatus"), "finishedAt" = $2
  WHERE ("Job"."parentId" = $3
    AND "Job"."status" = CAST($4::text AS "JobStatus")); -- 4 values

  UPDATE "Job"
  SET "status" = CAST($1::text AS "JobStatus"), "error" = $2, "finishedAt" = $3
  WHERE ("Job"."id" = $4
    AND "Job"."status" IN (CAST($5::text AS "JobStatus"),CAST($6::text AS "JobStatus"))); -- 6 values

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

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
