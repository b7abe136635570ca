-- models/register-model

-- transaction
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

-- end
