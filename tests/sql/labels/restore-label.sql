-- labels/restore-label

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
  FROM "Label"
  WHERE "Label"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
  FROM "Label"
  WHERE ("Label"."id" = $1
    AND "Label"."sliceId" = $2)
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
  FROM "Label"
  WHERE ("Label"."saveId" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Patient"."id", "Patient"."split"::text
  FROM "Patient"
  WHERE "Patient"."id" IN ($1)
  OFFSET $2; -- 2 values

  SELECT "Prediction"."id", "Prediction"."sliceId", "Prediction"."modelId", "Prediction"."pTumor", "Prediction"."pTumorAlone", "Prediction"."headSpread", "Prediction"."predictedClass"::text, "Prediction"."confidence", "Prediction"."maskSha256", "Prediction"."areaPixels", "Prediction"."createdAt"
  FROM "Prediction"
  WHERE ("Prediction"."modelId" = $1
    AND "Prediction"."sliceId" IN ($2))
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."rowSpacingMm", "Slice"."columnSpacingMm", "Slice"."orientation", "Slice"."fileSha256", "Slice"."pixelHash", "Slice"."fileName", "Slice"."createdAt", "Slice"."currentLabelId", "Slice"."labelVersion"
  FROM "Slice"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  WHERE ("Slice"."id" = $1
    AND ("j1"."site" = $2
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Study"."id", "Study"."patientId"
  FROM "Study"
  WHERE "Study"."id" IN ($1)
  OFFSET $2; -- 2 values

  INSERT INTO "Label" ("id","sliceId","version","labelClass","maskSha256","areaPixels","source","authorId","modelId","reason","note","restoredVersion","readingMs","saveId","act","maskOrigin","maskModelId","seenModelId","seenPTumor","batchId","undoneById","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "LabelClass"),$5,$6,CAST($7::text AS "LabelSource"),$8,$9,$10,$11,$12,$13,$14,CAST($15::text AS "LabelAct"),CAST($16::text AS "MaskOrigin"),$17,$18,$19,$20,$21,$22)
  RETURNING "Label"."id"; -- 22 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."version", "Label"."labelClass"::text, "Label"."maskSha256", "Label"."areaPixels", "Label"."source"::text, "Label"."authorId", "Label"."modelId", "Label"."reason"::text, "Label"."note", "Label"."restoredVersion", "Label"."readingMs", "Label"."saveId", "Label"."act"::text, "Label"."maskOrigin"::text, "Label"."maskModelId", "Label"."seenModelId", "Label"."seenPTumor", "Label"."batchId", "Label"."undoneById", "Label"."createdAt"
  FROM "Label"
  WHERE "Label"."id" = $1
  LIMIT $2
  OFFSET $3; -- 3 values

  -- (2 times)
  SELECT "Model"."id", "Model"."number"
  FROM "Model"
  WHERE "Model"."id" = $1
  OFFSET $2; -- 2 values

  -- (2 times)
  SELECT "User"."id", "User"."name"
  FROM "User"
  WHERE "User"."id" = $1
  OFFSET $2; -- 2 values

  DELETE FROM "Draft"
  WHERE ("Draft"."id" = $1
    AND "Draft"."sliceId" = $2
    AND "Draft"."authorId" = $3); -- 3 values

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
    AND (l."source" IS NULL OR l."source" = 'IMPORTED') ), "ended" AS ( DELETE FROM "Flag" f
    WHERE f."studyId" = $4::uuid
    AND f."sliceId" = ANY ($5::uuid[])
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
  WHERE sp."studyId" = $1::uuid; -- 1 value

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
