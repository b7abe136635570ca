-- runs/training-outlook

-- (2 times)
SELECT SUM("correctedSlices") AS "_sum$correctedSlices"
FROM (
  SELECT "Study"."correctedSlices"
  FROM "Study"
  WHERE "Study"."cohort" = CAST($1::text AS "Cohort")
  OFFSET $2) AS "sub"; -- 2 values

SELECT "Model"."id", "Model"."number", "Model"."artifactSha256", "Model"."baseSha256", "Model"."parentId", "Model"."state"::text, "Model"."cohort"::text, "Model"."threshold", "Model"."temperature", "Model"."card", "Model"."createdAt", "Model"."promotedAt", "Model"."runId"
FROM "Model"
WHERE "Model"."state" = CAST($1::text AS "ModelState")
LIMIT $2
OFFSET $3; -- 3 values

SELECT "capabilities"
FROM "WorkerProcess"
WHERE "heartbeatAt" > now() - interval '15 seconds';

SELECT t."cohort", count(DISTINCT t."patientId")::int AS "patients", sum(bit_count(t."statedBits"))::int AS "labelledSlices", (count(DISTINCT t."patientId") FILTER (
    WHERE p."split" = 'TEST'))::int AS "testPatients", coalesce(sum(bit_count(t."statedBits")) FILTER (
    WHERE p."split" = 'TEST'), 0)::int AS "testSlices"
FROM "Study" t
JOIN "Patient" p ON p."id" = t."patientId"
WHERE bit_count(t."statedBits") > 0
GROUP BY t."cohort"
ORDER BY t."cohort";
