-- snapshots/take-snapshot

-- ## of a new run
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('take-snapshot', 0));

  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  CREATE TEMP TABLE "current_labels" ON COMMIT DROP AS
  SELECT s."id" AS "sliceId", s."studyId", s."position", s."pixelHash", t."key" AS "studyKey", t."patientId", pt."hashedKey", l."id" AS "labelId", l."version", l."labelClass", l."maskSha256", l."source", coalesce(l."labelClass" <> 'CANNOT_TELL', false) AS "stated"
  FROM "Slice" s
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Patient" pt ON pt."id" = t."patientId"
  LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
  WHERE pt."cohort"::text = $1; -- 1 value

  ANALYZE "current_labels";

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "ModelPatient"."modelId", "ModelPatient"."hashedKey", "ModelPatient"."split"::text
  FROM "ModelPatient"
  WHERE "ModelPatient"."modelId" = $1
  OFFSET $2; -- 2 values

  SELECT pt."id", pt."hashedKey", pt."site", pt."split", c."slices", c."tumorSlices", c."corrected"
  FROM (
    SELECT "patientId", count(*)::int AS "slices", count(*) FILTER (
      WHERE "labelClass" = 'TUMOR')::int AS "tumorSlices", bool_or("source" <> 'IMPORTED') AS "corrected"
    FROM "current_labels"
    WHERE "stated"
    GROUP BY "patientId" ) c
  JOIN "Patient" pt ON pt."id" = c."patientId"
  ORDER BY pt."hashedKey" COLLATE "C";

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

  -- (3 times)
  UPDATE "Patient"
  SET "split" = $1::"Split"
  WHERE "id" = ANY ($2::uuid[])
  AND "split" IS NULL; -- 2 values

  CREATE TEMP TABLE "frozen_items" ON COMMIT DROP AS
  SELECT (row_number() OVER (
      ORDER BY c."hashedKey" COLLATE "C", c."studyKey" COLLATE "C", c."position") - 1)::int AS "index", c."sliceId", c."studyId", c."pixelHash", c."labelId", c."version", c."labelClass", c."maskSha256", c."patientId", r."split"
  FROM "current_labels" c
  JOIN unnest( $1::uuid[], $2::"Split"[] ) AS r("patientId", "split") ON r."patientId" = c."patientId"
  WHERE c."stated"; -- 2 values

  CREATE TEMP TABLE "frozen_context" ON COMMIT DROP AS
  SELECT ((
      SELECT count(*)
      FROM "frozen_items") + row_number() OVER (
      ORDER BY c."hashedKey" COLLATE "C", c."studyKey" COLLATE "C", c."position" ) - 1)::int AS "index", c."sliceId", c."pixelHash"
  FROM "current_labels" c
  WHERE NOT c."stated"
  AND c."studyId" IN (
    SELECT "studyId"
    FROM "frozen_items");

  CREATE UNIQUE INDEX ON "frozen_items" ("index");

  CREATE UNIQUE INDEX ON "frozen_context" ("index");

  SELECT *
  FROM "frozen_context"
  WHERE "index" >= $1
  ORDER BY "index"
  LIMIT $2; -- 2 values

  SELECT *
  FROM "frozen_items"
  WHERE "index" >= $1
  ORDER BY "index"
  LIMIT $2; -- 2 values

  INSERT INTO "Snapshot" ("id","hash","cohort","createdAt")
  VALUES ($1,$2,CAST($3::text AS "Cohort"),$4)
  RETURNING "Snapshot"."id", "Snapshot"."hash", "Snapshot"."cohort"::text, "Snapshot"."createdAt"; -- 4 values

  INSERT INTO "SnapshotItem" ("snapshotId", "sliceId", "labelId", "patientId", "split", "index")
  SELECT $1::uuid, "sliceId", "labelId", "patientId", "split", "index"
  FROM "frozen_items"; -- 1 value

  INSERT INTO "SnapshotContext" ("snapshotId", "index", "sliceId")
  SELECT $1::uuid, "index", "sliceId"
  FROM "frozen_context"; -- 1 value

  SELECT count_snapshot($1::uuid)::text; -- 1 value

  UPDATE "TrainingRun"
  SET "snapshotId" = $1, "notes" = $2
  WHERE ("TrainingRun"."id" = $3
    AND 1=1)
  RETURNING "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"; -- 3 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## the same again
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended('take-snapshot', 0));

  SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
  FROM "TrainingRun"
  WHERE ("TrainingRun"."id" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

-- end
