-- bases/register-base

-- ## registerBase
-- transaction
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

-- end

-- ## enterBase, one that is there
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('register-base', 0));

  SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
  FROM "Base"
  WHERE ("Base"."sha256" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

-- end
