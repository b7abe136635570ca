-- runs/request-training

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "capabilities"
FROM "WorkerProcess"
WHERE "heartbeatAt" > now() - interval '15 seconds';

SELECT SUM("correctedSlices") AS "_sum$correctedSlices"
FROM (
  SELECT "Study"."correctedSlices"
  FROM "Study"
  WHERE "Study"."cohort" = CAST($1::text AS "Cohort")
  OFFSET $2) AS "sub"; -- 2 values

SELECT t."cohort", count(DISTINCT t."patientId")::int AS "patients", sum(bit_count(t."statedBits"))::int AS "labelledSlices", (count(DISTINCT t."patientId") FILTER (
    WHERE p."split" = 'TEST'))::int AS "testPatients", coalesce(sum(bit_count(t."statedBits")) FILTER (
    WHERE p."split" = 'TEST'), 0)::int AS "testSlices"
FROM "Study" t
JOIN "Patient" p ON p."id" = t."patientId"
WHERE bit_count(t."statedBits") > 0
GROUP BY t."cohort"
ORDER BY t."cohort";

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  -- (2 times)
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

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  LEFT JOIN "Job" AS "j0" ON ("j0"."id") = ("TrainingRun"."jobId")
  WHERE ("TrainingRun"."cohort" = CAST($1::text AS "Cohort")
    AND ("j0"."status" IN (CAST($2::text AS "JobStatus"),CAST($3::text AS "JobStatus"))
      AND ("j0"."id" IS NOT NULL)))
  LIMIT $4
  OFFSET $5; -- 5 values

  INSERT INTO "TrainingRun" ("id","parameters","seed","cohort","reason","requestedById","backboneRuns","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "Cohort"),$5,$6,$7,$8)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 8 values

  INSERT INTO "Job" ("id","kind","payload","status","key","progressDone","progressTotal","attempts","workerDeaths","deathProgress","requestedById","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11,$12)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 12 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

  UPDATE "TrainingRun"
  SET "jobId" = $1
  WHERE ("TrainingRun"."id" = $2
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 2 values

  INSERT INTO "Job" ("id","kind","payload","status","progressDone","progressTotal","attempts","workerDeaths","deathProgress","createdAt","parentId")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11)
  RETURNING "Job"."id"; -- 11 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', c."id"::text), max_attempts => $2::int, run_at => w."createdAt")
  FROM unnest($3::uuid[]) WITH ORDINALITY AS c("id", "place"), "Job" w
  WHERE w."id" = $4::uuid
  ORDER BY c."place"; -- 4 values

  INSERT INTO "TrainingStep" ("runId","kind","index","jobId","seconds","backboneRuns")
  VALUES ($1,$2,$3,$4,$5,$6); -- 6 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
