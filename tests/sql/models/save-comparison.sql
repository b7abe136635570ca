-- models/save-comparison

-- ## saveComparison
-- transaction
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

  INSERT INTO "EvaluationPatient" ("evaluationId","patientId","slices","tumorSlices","tp","fp","tn","fn","auc","dice")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10), ($11,$12,$13,$14,$15,$16,$17,$18,$19,$20); -- 20 values

-- end

-- ## the same again
-- transaction
  -- (2 times)
  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  WHERE ("Evaluation"."modelId" = $1
    AND "Evaluation"."snapshotId" = $2
    AND "Evaluation"."comparedWithId" = $3)
  LIMIT $4
  OFFSET $5; -- 5 values

-- end

-- ## storeComparison
-- transaction
  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  WHERE ("Evaluation"."modelId" = $1
    AND "Evaluation"."snapshotId" = $2
    AND "Evaluation"."comparedWithId" IS NULL)
  LIMIT $3
  OFFSET $4; -- 4 values

  INSERT INTO "Evaluation" ("id","modelId","snapshotId","metrics","patients","slices","comparedWithId","partnerId","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "Evaluation"."id"; -- 9 values

  INSERT INTO "EvaluationPatient" ("evaluationId","patientId","slices","tumorSlices","tp","fp","tn","fn","auc","dice")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10), ($11,$12,$13,$14,$15,$16,$17,$18,$19,$20); -- 20 values

  SELECT "Evaluation"."id", "Evaluation"."modelId", "Evaluation"."snapshotId", "Evaluation"."metrics", "Evaluation"."patients", "Evaluation"."slices", "Evaluation"."comparedWithId", "Evaluation"."partnerId", "Evaluation"."differences", "Evaluation"."createdAt"
  FROM "Evaluation"
  WHERE "Evaluation"."id" = $1
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
