-- runs/training-outlook

-- (2 times)
SELECT "Snapshot"."id", "Snapshot"."createdAt"
FROM "Snapshot"
WHERE "Snapshot"."cohort" = CAST($1::text AS "Cohort")
ORDER BY "Snapshot"."createdAt" DESC
LIMIT $2
OFFSET $3; -- 3 values

SELECT "capabilities"
FROM "WorkerProcess"
WHERE "heartbeatAt" > now() - interval '15 seconds';

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Label"."id"
  FROM "Label"
  WHERE ("Label"."createdAt" > $1
    AND "Label"."labelClass" <> CAST($2::text AS "LabelClass")
    AND EXISTS(
      SELECT "t0"."currentLabelId"
      FROM "Slice" AS "t0"
      LEFT JOIN "Study" AS "j1" ON ("j1"."id") = ("t0"."studyId")
      WHERE ("j1"."cohort" = CAST($3::text AS "Cohort")
        AND ("j1"."id" IS NOT NULL)
        AND ("Label"."id") = ("t0"."currentLabelId")
        AND "t0"."currentLabelId" IS NOT NULL)))
  OFFSET $4) AS "sub"; -- 4 values

SELECT t."cohort", count(DISTINCT t."patientId")::int AS "patients", sum(bit_count(t."statedBits"))::int AS "labelledSlices"
FROM "Study" t
WHERE bit_count(t."statedBits") > 0
GROUP BY t."cohort"
ORDER BY t."cohort";
