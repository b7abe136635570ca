-- system/collect-predictions

-- ## counted alone
-- (2 times)
SELECT COUNT(*) AS "_count$_all"
FROM (
  SELECT "Prediction"."id"
  FROM "Prediction"
  WHERE "Prediction"."modelId" = $1
  OFFSET $2) AS "sub"; -- 2 values

SELECT m."id"
FROM "Model" m
WHERE m."state" = 'REJECTED'
AND EXISTS (
  SELECT 1
  FROM "ModelDecision" d
  WHERE d."modelId" = m."id"
  AND d."kind" = 'REJECTED'
  AND d."createdAt" < now() - make_interval(days => $1::int)); -- 1 value

-- ## removed
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

SELECT m."id"
FROM "Model" m
WHERE m."state" = 'REJECTED'
AND EXISTS (
  SELECT 1
  FROM "ModelDecision" d
  WHERE d."modelId" = m."id"
  AND d."kind" = 'REJECTED'
  AND d."createdAt" < now() - make_interval(days => $1::int)); -- 1 value
