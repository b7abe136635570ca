-- jobs/count-unseen-failures

SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Job"."id"
  FROM "Job"
  WHERE ("Job"."parentId" IS NULL
    AND "Job"."status" = CAST($1::text AS "JobStatus")
    AND "Job"."seenAt" IS NULL)
  OFFSET $2) AS "sub"; -- 2 values
