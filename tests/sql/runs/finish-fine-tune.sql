-- runs/finish-fine-tune

-- transaction
  -- (2 times)
  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  -- (2 times)
  SELECT "status" IN ('WAITING', 'RUNNING')
  AND "cancelRequestedAt" IS NULL AS "active"
  FROM "Job"
  WHERE "id" = $1::uuid FOR UPDATE; -- 1 value

  UPDATE "TrainingStep"
  SET "result" = $1, "finishedAt" = $2
  WHERE ("TrainingStep"."runId" = $3
    AND "TrainingStep"."kind" = $4
    AND "TrainingStep"."index" = $5
    AND "TrainingStep"."finishedAt" IS NULL); -- 5 values

  UPDATE "TrainingRun"
  SET "notes" = "TrainingRun"."notes" || $1
  WHERE ("TrainingRun"."id" = $2
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 2 values

  SELECT pg_advisory_xact_lock(hashtextextended('register-base', 0));

  SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
  FROM "Base"
  WHERE ("Base"."sha256" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  INSERT INTO "Base" ("sha256","name","parentSha256","runId","precision","outputs","card","createdAt")
  VALUES ($1,$2,$3,$4,CAST($5::text AS "Precision"),$6,$7,$8)
  RETURNING "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"; -- 8 values

  INSERT INTO "BaseSeenPatient"
  SELECT $1, unnest($2::text[])
  ON CONFLICT DO NOTHING; -- 2 values

  INSERT INTO "BaseSeenPatient"
  SELECT $1, "hashedKey"
  FROM "BaseSeenPatient"
  WHERE "baseSha256" = $2
  ON CONFLICT DO NOTHING; -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index", "TrainingStep"."jobId", "TrainingStep"."input", "TrainingStep"."result", "TrainingStep"."seconds", "TrainingStep"."backboneRuns", "TrainingStep"."worker", "TrainingStep"."beganAt", "TrainingStep"."finishedAt"
  FROM "TrainingStep"
  WHERE ("TrainingStep"."runId" = $1
    AND "TrainingStep"."kind" IN ($2,$3))
  OFFSET $4; -- 4 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "TrainingStep"."runId", "TrainingStep"."kind", "TrainingStep"."index"
    FROM "TrainingStep"
    WHERE ("TrainingStep"."runId" = $1
      AND "TrainingStep"."kind" = $2
      AND "TrainingStep"."finishedAt" IS NULL)
    OFFSET $3) AS "sub"; -- 3 values

  INSERT INTO "Job" ("id","kind","payload","status","progressDone","progressTotal","attempts","workerDeaths","deathProgress","createdAt","parentId")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11)
  RETURNING "Job"."id"; -- 11 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', c."id"::text), max_attempts => $2::int, run_at => w."createdAt")
  FROM unnest($3::uuid[]) WITH ORDINALITY AS c("id", "place"), "Job" w
  WHERE w."id" = $4::uuid
  ORDER BY c."place"; -- 4 values

  INSERT INTO "TrainingStep" ("runId","kind","index","jobId","input","seconds","backboneRuns")
  VALUES ($1,$2,$3,$4,$5,$6,$7); -- 7 values

  UPDATE "TrainingRun"
  SET "phase" = $1, "phaseBeganAt" = $2
  WHERE ("TrainingRun"."id" = $3
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
