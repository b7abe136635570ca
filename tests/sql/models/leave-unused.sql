-- models/leave-unused

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('promote-model', 0));

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE ("Model"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  UPDATE "Model"
  SET "state" = CAST($1::text AS "ModelState")
  WHERE ("Model"."id" = $2
    AND 1=1)
  RETURNING "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"; -- 2 values

  INSERT INTO "ModelDecision" ("id","kind","modelId","decidedById","reason","onlyAdmin","createdAt")
  VALUES ($1,CAST($2::text AS "DecisionKind"),$3,$4,$5,$6,$7)
  RETURNING "ModelDecision"."id", "ModelDecision"."kind"::text, "ModelDecision"."modelId", "ModelDecision"."previousModelId", "ModelDecision"."decidedById", "ModelDecision"."reason", "ModelDecision"."verdict", "ModelDecision"."onlyAdmin", "ModelDecision"."createdAt"; -- 7 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
