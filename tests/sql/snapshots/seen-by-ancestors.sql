-- snapshots/seen-by-ancestors

WITH RECURSIVE "parents" AS (
  SELECT "id", "parentId", "baseSha256", "runId"
  FROM "Model"
  WHERE "id" = $1::uuid
  UNION
  SELECT m."id", m."parentId", m."baseSha256", m."runId"
  FROM "Model" m
  JOIN "parents" p ON m."id" = p."parentId" ), "bases" AS (
  SELECT "sha256", "parentSha256", "runId"
  FROM "Base"
  WHERE "sha256" = $2 OR "sha256" IN (
    SELECT "baseSha256"
    FROM "parents")
  UNION
  SELECT b."sha256", b."parentSha256", b."runId"
  FROM "Base" b
  JOIN "bases" c ON b."sha256" = c."parentSha256" )
SELECT "hashedKey"
FROM "ModelPatient"
WHERE "modelId" IN (
  SELECT "id"
  FROM "parents")
AND "split" IS DISTINCT FROM 'TEST'
UNION
SELECT "hashedKey"
FROM "BaseSeenPatient"
WHERE "baseSha256" IN (
  SELECT "sha256"
  FROM "bases")
UNION
SELECT pt."hashedKey"
FROM "TrainingRun" r
JOIN "SnapshotItem" i ON i."snapshotId" = r."snapshotId"
AND i."split" <> 'TEST'
JOIN "Patient" pt ON pt."id" = i."patientId"
WHERE r."id" IN (
  SELECT "runId"
  FROM "parents"
  UNION
  SELECT "runId"
  FROM "bases"); -- 2 values
