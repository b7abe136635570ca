-- system/remove-demo

-- ## previewDemo
SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "User"."id", "User"."email", "User"."role"::text
FROM "User"
WHERE "User"."deactivatedAt" IS NULL
ORDER BY "User"."email" ASC
OFFSET $1; -- 1 value

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Draft"."id"
  FROM "Draft"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Draft"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  WHERE ("j1"."cohort" = CAST($1::text AS "Cohort")
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL))
  OFFSET $2) AS "sub"; -- 2 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Import"."id"
  FROM "Import"
  WHERE ("Import"."cohort" = CAST($1::text AS "Cohort")
    AND "Import"."state" IN (CAST($2::text AS "ImportState"),CAST($3::text AS "ImportState"),CAST($4::text AS "ImportState")))
  OFFSET $5) AS "sub"; -- 5 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Label"."id"
  FROM "Label"
  LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Label"."sliceId")
  LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
  WHERE (("j1"."cohort" = CAST($1::text AS "Cohort")
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    AND "Label"."source" <> CAST($2::text AS "LabelSource"))
  OFFSET $3) AS "sub"; -- 3 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Model"."id"
  FROM "Model"
  WHERE ("Model"."cohort" = CAST($1::text AS "Cohort")
    AND "Model"."state" = CAST($2::text AS "ModelState"))
  OFFSET $3) AS "sub"; -- 3 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Patient"."id"
  FROM "Patient"
  WHERE "Patient"."cohort" = CAST($1::text AS "Cohort")
  OFFSET $2) AS "sub"; -- 2 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Slice"."id"
  FROM "Slice"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
  WHERE ("j0"."cohort" = CAST($1::text AS "Cohort")
    AND ("j0"."id" IS NOT NULL))
  OFFSET $2) AS "sub"; -- 2 values

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "TrainingRun"."id"
  FROM "TrainingRun"
  LEFT JOIN "Job" AS "j0" ON ("j0"."id") = ("TrainingRun"."jobId")
  WHERE ("TrainingRun"."cohort" = CAST($1::text AS "Cohort")
    AND ("j0"."status" IN (CAST($2::text AS "JobStatus"),CAST($3::text AS "JobStatus"))
      AND ("j0"."id" IS NOT NULL)))
  OFFSET $4) AS "sub"; -- 4 values

-- ## removeDemo
-- transaction
  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE "Model"."state" = CAST($1::text AS "ModelState")
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "User"."id", "User"."email", "User"."role"::text
  FROM "User"
  WHERE "User"."deactivatedAt" IS NULL
  ORDER BY "User"."email" ASC
  OFFSET $1; -- 1 value

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Draft"."id"
    FROM "Draft"
    LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Draft"."sliceId")
    LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
    WHERE ("j1"."cohort" = CAST($1::text AS "Cohort")
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL))
    OFFSET $2) AS "sub"; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Import"."id"
    FROM "Import"
    WHERE ("Import"."cohort" = CAST($1::text AS "Cohort")
      AND "Import"."state" IN (CAST($2::text AS "ImportState"),CAST($3::text AS "ImportState"),CAST($4::text AS "ImportState")))
    OFFSET $5) AS "sub"; -- 5 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Label"."id"
    FROM "Label"
    LEFT JOIN "Slice" AS "j0" ON ("j0"."id") = ("Label"."sliceId")
    LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("j0"."studyId")
    WHERE (("j1"."cohort" = CAST($1::text AS "Cohort")
        AND ("j1"."id" IS NOT NULL)
        AND ("j0"."id" IS NOT NULL))
      AND "Label"."source" <> CAST($2::text AS "LabelSource"))
    OFFSET $3) AS "sub"; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Model"."id"
    FROM "Model"
    WHERE ("Model"."cohort" = CAST($1::text AS "Cohort")
      AND "Model"."state" = CAST($2::text AS "ModelState"))
    OFFSET $3) AS "sub"; -- 3 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Patient"."id"
    FROM "Patient"
    WHERE "Patient"."cohort" = CAST($1::text AS "Cohort")
    OFFSET $2) AS "sub"; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "Slice"."id"
    FROM "Slice"
    LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
    WHERE ("j0"."cohort" = CAST($1::text AS "Cohort")
      AND ("j0"."id" IS NOT NULL))
    OFFSET $2) AS "sub"; -- 2 values

  SELECT COUNT(*) AS "_count$_all"
  FROM (
    SELECT "TrainingRun"."id"
    FROM "TrainingRun"
    LEFT JOIN "Job" AS "j0" ON ("j0"."id") = ("TrainingRun"."jobId")
    WHERE ("TrainingRun"."cohort" = CAST($1::text AS "Cohort")
      AND ("j0"."status" IN (CAST($2::text AS "JobStatus"),CAST($3::text AS "JobStatus"))
        AND ("j0"."id" IS NOT NULL)))
    OFFSET $4) AS "sub"; -- 4 values

  SELECT remove_phantoms()::text;

  SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
  FROM "Model"
  WHERE ("Model"."cohort" = CAST($1::text AS "Cohort")
    AND "Model"."state" = CAST($2::text AS "ModelState"))
  OFFSET $3; -- 3 values

  UPDATE "Model"
  SET "state" = CAST($1::text AS "ModelState")
  WHERE 1=0; -- 1 value

  UPDATE "User"
  SET "deactivatedAt" = $1
  WHERE 1=0; -- 1 value

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
