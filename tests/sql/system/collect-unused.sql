-- system/collect-unused

-- (2 times)
CREATE TEMP TABLE candidate (name text PRIMARY KEY);

-- (2 times)
DELETE FROM "Flag"
WHERE "Flag"."modelId" = $1; -- 1 value

-- (2 times)
DELETE FROM "Prediction"
WHERE "id" IN (
  SELECT "id"
  FROM "Prediction"
  WHERE "modelId" = $1::uuid
  LIMIT $2); -- 2 values

-- (2 times)
DELETE FROM "PredictionFailure"
WHERE "PredictionFailure"."modelId" = $1; -- 1 value

-- (2 times)
DELETE FROM "StudyPrediction"
WHERE "StudyPrediction"."modelId" = $1; -- 1 value

-- (2 times)
SELECT name
FROM candidate
ORDER BY name;

DELETE FROM "RateLimit"
WHERE "resetsAt" <= now();

DELETE FROM candidate c USING "Base" r
WHERE r."parentSha256" = c.name;

DELETE FROM candidate c USING "Base" r
WHERE r."sha256" = c.name;

DELETE FROM candidate c USING "BaseSeenPatient" r
WHERE r."baseSha256" = c.name;

DELETE FROM candidate c USING "Label" r
WHERE r."maskSha256" = c.name;

DELETE FROM candidate c USING "Model" r
WHERE r."artifactSha256" = c.name;

DELETE FROM candidate c USING "Model" r
WHERE r."baseSha256" = c.name;

DELETE FROM candidate c USING "Prediction" r
WHERE r."maskSha256" = c.name;

DELETE FROM candidate c USING "Slice" r
WHERE r."fileSha256" = c.name;

DELETE FROM candidate c USING "Slice" r
WHERE r."pixelHash" = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Base" r, LATERAL regexp_matches(r."card"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Evaluation" r, LATERAL regexp_matches(r."differences"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Evaluation" r, LATERAL regexp_matches(r."metrics"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Import" r, LATERAL regexp_matches(r."preview"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Import" r, LATERAL regexp_matches(r."report"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Job" r, LATERAL regexp_matches(r."payload"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Model" r, LATERAL regexp_matches(r."card"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "ModelDecision" r, LATERAL regexp_matches(r."verdict"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "Patient" r, LATERAL regexp_matches(r."clinical"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "TrainingRun" r, LATERAL regexp_matches(r."backend"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "TrainingRun" r, LATERAL regexp_matches(r."parameters"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "TrainingRun" r, LATERAL regexp_matches(r."phaseBeganAt"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "TrainingRun" r, LATERAL regexp_matches(r."secondsByPhase"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "TrainingStep" r, LATERAL regexp_matches(r."input"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "TrainingStep" r, LATERAL regexp_matches(r."result"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

DELETE FROM candidate c USING (
  SELECT DISTINCT found[1] AS name
  FROM "WorkerProcess" r, LATERAL regexp_matches(r."capabilities"::text, '[0-9a-f]{64}', 'g') AS found) u
WHERE u.name = c.name;

SELECT "Base"."sha256"
FROM "Base"
WHERE 1=1
OFFSET $1; -- 1 value

SELECT "Import"."id"
FROM "Import"
WHERE ("Import"."state" = CAST($1::text AS "ImportState")
  AND "Import"."createdAt" < $2)
OFFSET $3; -- 3 values

SELECT "Import"."id"
FROM "Import"
WHERE ("Import"."uploaded" = $1
  AND "Import"."finishedAt" IS NULL)
OFFSET $2; -- 2 values

SELECT "Model"."id", "Model"."artifactSha256"
FROM "Model"
WHERE "Model"."state" <> CAST($1::text AS "ModelState")
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id"
FROM "TrainingRun"
WHERE "TrainingRun"."finishedAt" IS NULL
OFFSET $1; -- 1 value

SELECT c.table_name AS "table", c.column_name AS "column", c.data_type IN ('json', 'jsonb') AS "json"
FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema()
AND t.table_type = 'BASE TABLE'
AND (c.data_type IN ('json', 'jsonb') OR (c.data_type = 'text'
    AND lower(c.column_name) LIKE '%sha256'))
ORDER BY 3, 1, 2;

SELECT m."id"
FROM "Model" m
WHERE m."state" = 'REJECTED'
AND EXISTS (
  SELECT 1
  FROM "ModelDecision" d
  WHERE d."modelId" = m."id"
  AND d."kind" = 'REJECTED'
  AND d."createdAt" < now() - make_interval(days => $1::int)); -- 1 value

-- transaction
  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
