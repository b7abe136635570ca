-- models/register-initial-model

-- ## with a model in production
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('promote-model', 0));

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

-- end

-- ## without one
UPDATE "Model"
SET "state" = CAST($1::text AS "ModelState")
WHERE ("Model"."id" = $2
  AND 1=1)
RETURNING "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"; -- 2 values

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('promote-model', 0));

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

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

  -- (3 times)
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

  SELECT pg_notify($1, $2); -- 2 values

  UPDATE "Model"
  SET "state" = CAST($1::text AS "ModelState"), "promotedAt" = $2
  WHERE ("Model"."id" = $3
    AND 1=1)
  RETURNING "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"; -- 3 values

  UPDATE "Patient" p
  SET "split" = 'TEST'
  FROM "ModelPatient" k
  WHERE k."modelId" = $1::uuid
  AND k."split" = 'TEST'
  AND k."hashedKey" = p."hashedKey"
  AND p."split" IS NULL; -- 1 value

  INSERT INTO "ModelDecision" ("id","kind","modelId","reason","onlyAdmin","createdAt")
  VALUES ($1,CAST($2::text AS "DecisionKind"),$3,$4,$5,$6)
  RETURNING "ModelDecision"."id", "ModelDecision"."kind"::text, "ModelDecision"."modelId", "ModelDecision"."previousModelId", "ModelDecision"."decidedById", "ModelDecision"."reason", "ModelDecision"."verdict", "ModelDecision"."onlyAdmin", "ModelDecision"."createdAt"; -- 6 values

  INSERT INTO "Evaluation" ("id","modelId","metrics","patients","slices","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6)
  RETURNING "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"; -- 6 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
