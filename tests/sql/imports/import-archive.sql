-- imports/import-archive

-- ## new studies
-- (2 times)
SELECT "ImportedFile"."importId", "ImportedFile"."file"
FROM "ImportedFile"
WHERE ("ImportedFile"."importId" = $1
  AND "ImportedFile"."file" IN ($2,$3,$4))
OFFSET $5; -- 5 values

-- (2 times)
SELECT "Slice"."id", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."fileSha256"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("j0"."key" = $1
  AND ("j1"."key" = $2
    AND ("j1"."id" IS NOT NULL))
  AND ("j0"."id" IS NOT NULL))
OFFSET $3; -- 3 values

SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- (2 times)
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "ImportedFile"."importId", "ImportedFile"."file"
  FROM "ImportedFile"
  WHERE ("ImportedFile"."importId" = $1
    AND "ImportedFile"."file" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT "Model"."id"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "ModelPatient"."modelId", "ModelPatient"."hashedKey", "ModelPatient"."split"::text
  FROM "ModelPatient"
  WHERE (("ModelPatient"."modelId" = $1
      AND "ModelPatient"."hashedKey" = $2)
    AND 1=1)
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE ("Patient"."key" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  INSERT INTO "Patient" ("id","key","hashedKey","site","cohort","split","createdAt")
  VALUES ($1,$2,$3,$4,CAST($5::text AS "Cohort"),$6,$7)
  RETURNING "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"; -- 7 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE (("Study"."patientId" = $1
      AND "Study"."key" = $2)
    AND 1=1)
  LIMIT $3
  OFFSET $4; -- 4 values

  INSERT INTO "Study" ("id","patientId","key","studyDate","windowLow","windowHigh","patientKey","cohort","sliceCount","labelledSlices","tumorSlices","correctedSlices","statedBits","tumorBits","importId","createdAt")
  VALUES ($1,$2,$3,$4,$5,$6,$7,CAST($8::text AS "Cohort"),$9,$10,$11,$12,$13,$14,$15,$16)
  RETURNING "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"; -- 16 values

  SELECT "Slice"."id", "Slice"."position", "Slice"."fileSha256", COALESCE("aggr_selection_0_Label"."_aggr_count_labels", 0) AS "_aggr_count_labels"
  FROM "Slice"
  LEFT JOIN (
    SELECT "Label"."sliceId", COUNT(*) AS "_aggr_count_labels"
    FROM "Label"
    WHERE 1=1
    GROUP BY "Label"."sliceId") AS "aggr_selection_0_Label" ON ("Slice"."id" = "aggr_selection_0_Label"."sliceId")
  WHERE ("Slice"."studyId" = $1
    AND "Slice"."position" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  INSERT INTO "Slice" ("id","studyId","position","rows","columns","fileSha256","pixelHash","fileName","createdAt","labelVersion")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10), ($11,$12,$13,$14,$15,$16,$17,$18,$19,$20), ($21,$22,$23,$24,$25,$26,$27,$28,$29,$30)
  RETURNING "Slice"."id", "Slice"."position"; -- 30 values

  UPDATE "Study"
  SET "windowLow" = $1, "windowHigh" = $2
  WHERE ("Study"."id" = $3
    AND 1=1)
  RETURNING "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"; -- 3 values

  INSERT INTO "Label" ("id","sliceId","version","labelClass","maskSha256","areaPixels","source","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "LabelClass"),$5,$6,CAST($7::text AS "LabelSource"),$8), ($9,$10,$11,CAST($12::text AS "LabelClass"),$13,$14,CAST($15::text AS "LabelSource"),$16), ($17,$18,$19,CAST($20::text AS "LabelClass"),$21,$22,CAST($23::text AS "LabelSource"),$24); -- 24 values

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

  INSERT INTO "ImportedFile" ("importId","file","outcome","sliceId","hasMask","hasTumor","maskConflict")
  VALUES ($1,$2,$3,$4,$5,$6,$7), ($8,$9,$10,$11,$12,$13,$14), ($15,$16,$17,$18,$19,$20,$21); -- 21 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- transaction
  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState"), "finishedAt" = $2
  WHERE ("Import"."id" = $3
    AND "Import"."state" = CAST($4::text AS "ImportState")); -- 4 values

  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "ImportedFile"."importId", "ImportedFile"."file", "ImportedFile"."reason"
  FROM "ImportedFile"
  WHERE ("ImportedFile"."importId" = $1
    AND "ImportedFile"."outcome" = $2)
  ORDER BY "ImportedFile"."file" ASC
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."maskConflict" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  SELECT array_agg(f."file"
    ORDER BY f."file") AS "files"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  WHERE f."importId" = $1::uuid
  GROUP BY s."fileSha256"
  HAVING count(*) > 1
  ORDER BY 1; -- 1 value

  SELECT count(DISTINCT t."patientId")::int AS "patients", count(DISTINCT t."id")::int AS "studies", count(*)::int AS "slices", count(*) FILTER (
    WHERE f."hasMask")::int AS "masks", count(*) FILTER (
    WHERE f."hasTumor")::int AS "tumorSlices", count(*) FILTER (
    WHERE f."outcome" = 'already-there')::int AS "alreadyThere"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  WHERE f."importId" = $1::uuid; -- 1 value

  UPDATE "Import"
  SET "report" = $1
  WHERE ("Import"."id" = $2
    AND 1=1)
  RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."outcome" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt"
  FROM "Job"
  WHERE ("key" = $1 OR starts_with("key", $2))
  AND "status" IN ('WAITING', 'RUNNING')
  ORDER BY "createdAt", "id" FOR NO KEY UPDATE; -- 2 values

  INSERT INTO "Job" ("id","kind","payload","status","key","progressDone","progressTotal","attempts","workerDeaths","deathProgress","requestedById","createdAt")
  VALUES ($1,$2,$3,CAST($4::text AS "JobStatus"),$5,$6,$7,$8,$9,$10,$11,$12)
  RETURNING "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"; -- 12 values

  SELECT graphile_worker.add_job($1, json_build_object('jobId', $2::text), queue_name => $3::text, max_attempts => $4::int); -- 4 values

  -- (2 times)
  SELECT pg_notify($1, $2); -- 2 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end

-- ## known studies
-- (2 times)
SELECT "ImportedFile"."importId", "ImportedFile"."file"
FROM "ImportedFile"
WHERE ("ImportedFile"."importId" = $1
  AND "ImportedFile"."file" IN ($2,$3,$4))
OFFSET $5; -- 5 values

-- (2 times)
SELECT "Slice"."id", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."fileSha256"
FROM "Slice"
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE ("j0"."key" = $1
  AND ("j1"."key" = $2
    AND ("j1"."id" IS NOT NULL))
  AND ("j0"."id" IS NOT NULL))
OFFSET $3; -- 3 values

SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
FROM "Import"
WHERE ("Import"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- (2 times)
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "ImportedFile"."importId", "ImportedFile"."file"
  FROM "ImportedFile"
  WHERE ("ImportedFile"."importId" = $1
    AND "ImportedFile"."file" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT "Patient"."id", "Patient"."key", "Patient"."hashedKey", "Patient"."site", "Patient"."cohort"::text, "Patient"."split"::text, "Patient"."clinical", "Patient"."createdAt"
  FROM "Patient"
  WHERE ("Patient"."key" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."position", "Slice"."fileSha256", COALESCE("aggr_selection_0_Label"."_aggr_count_labels", 0) AS "_aggr_count_labels"
  FROM "Slice"
  LEFT JOIN (
    SELECT "Label"."sliceId", COUNT(*) AS "_aggr_count_labels"
    FROM "Label"
    WHERE 1=1
    GROUP BY "Label"."sliceId") AS "aggr_selection_0_Label" ON ("Slice"."id" = "aggr_selection_0_Label"."sliceId")
  WHERE ("Slice"."studyId" = $1
    AND "Slice"."position" IN ($2,$3,$4))
  OFFSET $5; -- 5 values

  SELECT "Study"."id", "Study"."patientId", "Study"."key", "Study"."studyDate", "Study"."windowLow", "Study"."windowHigh", "Study"."patientKey", "Study"."cohort"::text, "Study"."sliceCount", "Study"."labelledSlices", "Study"."tumorSlices", "Study"."correctedSlices", "Study"."statedBits", "Study"."tumorBits", "Study"."importId", "Study"."createdAt"
  FROM "Study"
  WHERE (("Study"."patientId" = $1
      AND "Study"."key" = $2)
    AND 1=1)
  LIMIT $3
  OFFSET $4; -- 4 values

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

  INSERT INTO "ImportedFile" ("importId","file","outcome","sliceId","hasMask","hasTumor","maskConflict")
  VALUES ($1,$2,$3,$4,$5,$6,$7), ($8,$9,$10,$11,$12,$13,$14), ($15,$16,$17,$18,$19,$20,$21); -- 21 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- transaction
  UPDATE "Import"
  SET "state" = CAST($1::text AS "ImportState"), "finishedAt" = $2
  WHERE ("Import"."id" = $3
    AND "Import"."state" = CAST($4::text AS "ImportState")); -- 4 values

  SELECT "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"
  FROM "Import"
  WHERE ("Import"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "ImportedFile"."importId", "ImportedFile"."file", "ImportedFile"."reason"
  FROM "ImportedFile"
  WHERE ("ImportedFile"."importId" = $1
    AND "ImportedFile"."outcome" = $2)
  ORDER BY "ImportedFile"."file" ASC
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."maskConflict" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  SELECT array_agg(f."file"
    ORDER BY f."file") AS "files"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  WHERE f."importId" = $1::uuid
  GROUP BY s."fileSha256"
  HAVING count(*) > 1
  ORDER BY 1; -- 1 value

  SELECT count(DISTINCT t."patientId")::int AS "patients", count(DISTINCT t."id")::int AS "studies", count(*)::int AS "slices", count(*) FILTER (
    WHERE f."hasMask")::int AS "masks", count(*) FILTER (
    WHERE f."hasTumor")::int AS "tumorSlices", count(*) FILTER (
    WHERE f."outcome" = 'already-there')::int AS "alreadyThere"
  FROM "ImportedFile" f
  JOIN "Slice" s ON s."id" = f."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  WHERE f."importId" = $1::uuid; -- 1 value

  UPDATE "Import"
  SET "report" = $1
  WHERE ("Import"."id" = $2
    AND 1=1)
  RETURNING "Import"."id", "Import"."state"::text, "Import"."name", "Import"."path", "Import"."uploaded", "Import"."size", "Import"."receivedBytes", "Import"."cohort"::text, "Import"."preview", "Import"."previewDigest", "Import"."report", "Import"."error", "Import"."requestedById", "Import"."createdAt", "Import"."finishedAt"; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "ImportedFile"."importId", "ImportedFile"."file"
    FROM "ImportedFile"
    WHERE ("ImportedFile"."importId" = $1
      AND "ImportedFile"."outcome" = $2)
    OFFSET $3) AS "sub"; -- 3 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
