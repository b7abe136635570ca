-- flags/refresh-flags

-- ## of a study
-- transaction
  SELECT 1
  FROM "Study"
  WHERE "id" = $1::uuid FOR NO KEY UPDATE; -- 1 value

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
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') ), "ended" AS ( DELETE FROM "Flag" f
    WHERE f."studyId" = $3::uuid
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
  WHERE "Flag"."confidence" <> excluded."confidence"; -- 3 values

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
  WHERE sp."studyId" = $1::uuid; -- 1 value

-- end

-- ## of some slices under one model
-- transaction
  SELECT 1
  FROM "Study"
  WHERE "id" = $1::uuid FOR NO KEY UPDATE; -- 1 value

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
    AND s."id" = ANY ($3::uuid[])
    AND p."modelId" = $4::uuid
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') ), "ended" AS ( DELETE FROM "Flag" f
    WHERE f."studyId" = $5::uuid
    AND f."sliceId" = ANY ($6::uuid[])
    AND f."modelId" = $7::uuid
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
  WHERE "Flag"."confidence" <> excluded."confidence"; -- 7 values

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
