-- system/read-status

SELECT (
  SELECT count(*)
  FROM "Patient")::int AS "patients", (
  SELECT count(*)
  FROM "Study")::int AS "studies", (
  SELECT coalesce(sum("sliceCount"), 0)
  FROM "Study")::int AS "slices", (
  SELECT count(*)
  FROM "Label")::int AS "labels", (
  SELECT coalesce(sum("predictedSlices"), 0)
  FROM "StudyPrediction")::int AS "predictions", (
  SELECT coalesce(sum("flaggedSlices"), 0)
  FROM "StudyPrediction"
  WHERE "modelId" = m."id")::int AS "flags", (
  SELECT count(*)
  FROM "Model")::int AS "models", m."number" AS "production", j."running", j."waiting", j."failed"
FROM (
  SELECT count(*) FILTER (
    WHERE "status" = 'RUNNING')::int AS "running", count(*) FILTER (
    WHERE "status" = 'WAITING')::int AS "waiting", count(*) FILTER (
    WHERE "status" = 'FAILED')::int AS "failed"
  FROM "Job"
  WHERE "parentId" IS NULL ) j
LEFT JOIN "Model" m ON m."state" = 'PRODUCTION';
