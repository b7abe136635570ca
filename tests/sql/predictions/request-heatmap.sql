-- predictions/request-heatmap

-- ## a first time
INSERT INTO "RateLimit" AS known ("key", "count", "resetsAt")
VALUES ($1, 1, now() + make_interval(secs => $2::int))
ON CONFLICT ("key")
DO UPDATE SET "count" = CASE WHEN known."resetsAt" <= now() THEN 1 ELSE known."count" + 1 END, "resetsAt" = CASE WHEN known."resetsAt" <= now() THEN EXCLUDED."resetsAt" ELSE known."resetsAt" END
WHERE known."resetsAt" <= now() OR known."count" < $3::int
RETURNING "count", "resetsAt"; -- 3 values

SELECT "Label"."id", "Label"."source"::text, "Label"."undoneById"
FROM "Label"
WHERE "Label"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Model"."id"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

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

SELECT ceil(extract(epoch FROM max("resetsAt") - now()))::int AS "seconds"
FROM "RateLimit"
JOIN unnest($1::text[], $2::int[]) AS asked("key", "most") USING ("key")
WHERE "count" >= "most"
AND "resetsAt" > now(); -- 2 values

-- transaction
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

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## while it waits
INSERT INTO "RateLimit" AS known ("key", "count", "resetsAt")
VALUES ($1, 1, now() + make_interval(secs => $2::int))
ON CONFLICT ("key")
DO UPDATE SET "count" = CASE WHEN known."resetsAt" <= now() THEN 1 ELSE known."count" + 1 END, "resetsAt" = CASE WHEN known."resetsAt" <= now() THEN EXCLUDED."resetsAt" ELSE known."resetsAt" END
WHERE known."resetsAt" <= now() OR known."count" < $3::int
RETURNING "count", "resetsAt"; -- 3 values

SELECT "Label"."id", "Label"."source"::text, "Label"."undoneById"
FROM "Label"
WHERE "Label"."id" IN ($1)
OFFSET $2; -- 2 values

SELECT "Model"."id"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."id" IN ($1)
OFFSET $2; -- 2 values

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

SELECT ceil(extract(epoch FROM max("resetsAt") - now()))::int AS "seconds"
FROM "RateLimit"
JOIN unnest($1::text[], $2::int[]) AS asked("key", "most") USING ("key")
WHERE "count" >= "most"
AND "resetsAt" > now(); -- 2 values

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt"
  FROM "Job"
  WHERE ("key" = $1 OR starts_with("key", $2))
  AND "status" IN ('WAITING', 'RUNNING')
  ORDER BY "createdAt", "id" FOR NO KEY UPDATE; -- 2 values

-- end
