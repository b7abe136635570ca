-- predictions/save-predictions

-- ## savePredictions
-- transaction
  -- (2 times)
  SELECT 1
  FROM "Study"
  WHERE "id" = $1::uuid FOR NO KEY UPDATE; -- 1 value

  DELETE FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3)); -- 3 values

  INSERT INTO "Prediction" ("id","sliceId","modelId","pTumor","pTumorAlone","headSpread","predictedClass","confidence","maskSha256","areaPixels","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6,CAST($7::text AS "LabelClass"),$8,$9,$10,$11), ($12,$13,$14,$15,$16,$17,CAST($18::text AS "LabelClass"),$19,$20,$21,$22)
  ON CONFLICT DO NOTHING; -- 22 values

  DELETE FROM "PredictionFailure"
  WHERE ("PredictionFailure"."modelId" = $1
    AND "PredictionFailure"."sliceId" IN ($2,$3)); -- 3 values

  INSERT INTO "PredictionFailure" ("modelId", "sliceId", "reason")
  SELECT $1::uuid, f."sliceId", f."reason"
  FROM unnest( $2::uuid[], $3::jsonb[] ) AS f("sliceId", "reason")
  ON CONFLICT ("modelId", "sliceId")
  DO UPDATE SET "reason" = excluded."reason", "attempts" = "PredictionFailure"."attempts" + 1, "at" = now(); -- 3 values

  INSERT INTO "StudyPrediction" ("modelId", "studyId", "cohort", "predictedSlices", "tumorSlices", "flaggedSlices", "tumorBits")
  SELECT $1::uuid, s."studyId", pt."cohort", count(p."id"), count(*) FILTER (
    WHERE p."predictedClass" = 'TUMOR'), 0, string_agg(CASE WHEN p."predictedClass" = 'TUMOR' THEN '1' ELSE '0' END, ''
    ORDER BY s."position")::varbit
  FROM "Slice" s
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Patient" pt ON pt."id" = t."patientId"
  LEFT JOIN "Prediction" p ON p."sliceId" = s."id"
  AND p."modelId" = $2::uuid
  WHERE s."studyId" = $3::uuid
  GROUP BY s."studyId", pt."cohort"
  HAVING count(p."id") > 0
  ON CONFLICT ("modelId", "studyId")
  DO UPDATE SET "predictedSlices" = excluded."predictedSlices", "tumorSlices" = excluded."tumorSlices", "tumorBits" = excluded."tumorBits"; -- 3 values

  WITH "wanted" AS (
    SELECT p."modelId", s."id" AS "sliceId", r."reason", s."studyId", pt."cohort", p."confidence"
    FROM "Slice" s
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    JOIN "Prediction" p ON p."sliceId" = s."id"
    JOIN "Model" m ON m."id" = p."modelId"
    LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    CROSS JOIN LATERAL (
      SELECT 'LOW_CONFIDENCE'::"FlagReason" AS "reason"
      WHERE p."confidence" < $1
      UNION ALL
      SELECT 'MODEL_DISAGREES'::"FlagReason"
      WHERE l."labelClass" IN ('TUMOR', 'NO_TUMOR')
      AND l."labelClass" <> p."predictedClass"
      UNION ALL
      SELECT 'NEIGHBOURS_DISAGREE'::"FlagReason"
      WHERE (p."pTumorAlone" >= m."threshold") <> (p."predictedClass" = 'TUMOR') ) r
    WHERE s."studyId" = $2::uuid
    AND p."modelId" = $3::uuid
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') ), "ended" AS ( DELETE FROM "Flag" f
    WHERE f."studyId" = $4::uuid
    AND f."modelId" = $5::uuid
    AND NOT EXISTS (
      SELECT
      FROM "wanted" w
      WHERE w."modelId" = f."modelId"
      AND w."sliceId" = f."sliceId"
      AND w."reason" = f."reason" ) ) INSERT INTO "Flag" ("modelId", "sliceId", "reason", "studyId", "cohort", "confidence")
  SELECT *
  FROM "wanted"
  ON CONFLICT ("modelId", "sliceId", "reason")
  DO UPDATE SET "confidence" = excluded."confidence"
  WHERE "Flag"."confidence" <> excluded."confidence"; -- 5 values

  UPDATE "StudyPrediction" sp
  SET "flaggedSlices" = (
    SELECT count(DISTINCT f."sliceId")::int
    FROM "Flag" f
    WHERE f."studyId" = sp."studyId"
    AND f."modelId" = sp."modelId" ), "lowestConfidence" = (
    SELECT min(p."confidence")
    FROM "Slice" s
    JOIN "Prediction" p ON p."sliceId" = s."id"
    AND p."modelId" = sp."modelId"
    LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    WHERE s."studyId" = sp."studyId"
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') )
  WHERE sp."studyId" = $1::uuid
  AND sp."modelId" = $2::uuid; -- 2 values

-- end

-- ## storePredictions
-- transaction
  -- (2 times)
  SELECT 1
  FROM "Study"
  WHERE "id" = $1::uuid FOR NO KEY UPDATE; -- 1 value

  DELETE FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2,$3)); -- 3 values

  INSERT INTO "Prediction" ("id","sliceId","modelId","pTumor","pTumorAlone","headSpread","predictedClass","confidence","maskSha256","areaPixels","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6,CAST($7::text AS "LabelClass"),$8,$9,$10,$11), ($12,$13,$14,$15,$16,$17,CAST($18::text AS "LabelClass"),$19,$20,$21,$22)
  ON CONFLICT DO NOTHING; -- 22 values

  DELETE FROM "PredictionFailure"
  WHERE ("PredictionFailure"."modelId" = $1
    AND "PredictionFailure"."sliceId" IN ($2,$3)); -- 3 values

  INSERT INTO "PredictionFailure" ("modelId", "sliceId", "reason")
  SELECT $1::uuid, f."sliceId", f."reason"
  FROM unnest( $2::uuid[], $3::jsonb[] ) AS f("sliceId", "reason")
  ON CONFLICT ("modelId", "sliceId")
  DO UPDATE SET "reason" = excluded."reason", "attempts" = "PredictionFailure"."attempts" + 1, "at" = now(); -- 3 values

  INSERT INTO "StudyPrediction" ("modelId", "studyId", "cohort", "predictedSlices", "tumorSlices", "flaggedSlices", "tumorBits")
  SELECT $1::uuid, s."studyId", pt."cohort", count(p."id"), count(*) FILTER (
    WHERE p."predictedClass" = 'TUMOR'), 0, string_agg(CASE WHEN p."predictedClass" = 'TUMOR' THEN '1' ELSE '0' END, ''
    ORDER BY s."position")::varbit
  FROM "Slice" s
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Patient" pt ON pt."id" = t."patientId"
  LEFT JOIN "Prediction" p ON p."sliceId" = s."id"
  AND p."modelId" = $2::uuid
  WHERE s."studyId" = $3::uuid
  GROUP BY s."studyId", pt."cohort"
  HAVING count(p."id") > 0
  ON CONFLICT ("modelId", "studyId")
  DO UPDATE SET "predictedSlices" = excluded."predictedSlices", "tumorSlices" = excluded."tumorSlices", "tumorBits" = excluded."tumorBits"; -- 3 values

  WITH "wanted" AS (
    SELECT p."modelId", s."id" AS "sliceId", r."reason", s."studyId", pt."cohort", p."confidence"
    FROM "Slice" s
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    JOIN "Prediction" p ON p."sliceId" = s."id"
    JOIN "Model" m ON m."id" = p."modelId"
    LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    CROSS JOIN LATERAL (
      SELECT 'LOW_CONFIDENCE'::"FlagReason" AS "reason"
      WHERE p."confidence" < $1
      UNION ALL
      SELECT 'MODEL_DISAGREES'::"FlagReason"
      WHERE l."labelClass" IN ('TUMOR', 'NO_TUMOR')
      AND l."labelClass" <> p."predictedClass"
      UNION ALL
      SELECT 'NEIGHBOURS_DISAGREE'::"FlagReason"
      WHERE (p."pTumorAlone" >= m."threshold") <> (p."predictedClass" = 'TUMOR') ) r
    WHERE s."studyId" = $2::uuid
    AND p."modelId" = $3::uuid
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') ), "ended" AS ( DELETE FROM "Flag" f
    WHERE f."studyId" = $4::uuid
    AND f."modelId" = $5::uuid
    AND NOT EXISTS (
      SELECT
      FROM "wanted" w
      WHERE w."modelId" = f."modelId"
      AND w."sliceId" = f."sliceId"
      AND w."reason" = f."reason" ) ) INSERT INTO "Flag" ("modelId", "sliceId", "reason", "studyId", "cohort", "confidence")
  SELECT *
  FROM "wanted"
  ON CONFLICT ("modelId", "sliceId", "reason")
  DO UPDATE SET "confidence" = excluded."confidence"
  WHERE "Flag"."confidence" <> excluded."confidence"; -- 5 values

  UPDATE "StudyPrediction" sp
  SET "flaggedSlices" = (
    SELECT count(DISTINCT f."sliceId")::int
    FROM "Flag" f
    WHERE f."studyId" = sp."studyId"
    AND f."modelId" = sp."modelId" ), "lowestConfidence" = (
    SELECT min(p."confidence")
    FROM "Slice" s
    JOIN "Prediction" p ON p."sliceId" = s."id"
    AND p."modelId" = sp."modelId"
    LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    WHERE s."studyId" = sp."studyId"
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') )
  WHERE sp."studyId" = $1::uuid
  AND sp."modelId" = $2::uuid; -- 2 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
