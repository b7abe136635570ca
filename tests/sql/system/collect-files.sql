-- system/collect-files

-- ## collectObjects
CREATE TEMP TABLE candidate (name text PRIMARY KEY);

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

SELECT c.table_name AS "table", c.column_name AS "column", c.data_type IN ('json', 'jsonb') AS "json"
FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema()
AND t.table_type = 'BASE TABLE'
AND (c.data_type IN ('json', 'jsonb') OR (c.data_type = 'text'
    AND lower(c.column_name) LIKE '%sha256'))
ORDER BY 3, 1, 2;

SELECT name
FROM candidate
ORDER BY name;

-- ## collectDerived
CREATE TEMP TABLE candidate (name text PRIMARY KEY);

DELETE FROM candidate c USING "Slice" r
WHERE r."pixelHash" = c.name;

SELECT "Base"."sha256"
FROM "Base"
WHERE 1=1
OFFSET $1; -- 1 value

SELECT "Model"."id", "Model"."artifactSha256"
FROM "Model"
WHERE "Model"."state" <> CAST($1::text AS "ModelState")
OFFSET $2; -- 2 values

SELECT "TrainingRun"."id"
FROM "TrainingRun"
WHERE "TrainingRun"."finishedAt" IS NULL
OFFSET $1; -- 1 value

SELECT name
FROM candidate
ORDER BY name;
