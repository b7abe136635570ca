-- predictions/unpredicted-studies

-- ## countUnpredicted
SELECT coalesce(sum(t."sliceCount" - coalesce(sp."predictedSlices", 0)), 0)::int AS "slices"
FROM "Study" t
LEFT JOIN "StudyPrediction" sp ON sp."studyId" = t."id"
AND sp."modelId" = $1::uuid
WHERE t."sliceCount" > coalesce(sp."predictedSlices", 0); -- 1 value

-- ## the first ones
SELECT t."id"
FROM "Study" t
LEFT JOIN "StudyPrediction" sp ON sp."studyId" = t."id"
AND sp."modelId" = $1::uuid
WHERE t."sliceCount" > coalesce(sp."predictedSlices", 0)
ORDER BY t."id"
LIMIT $2; -- 2 values

-- ## those behind one, for phantoms alone
SELECT t."id"
FROM "Study" t
LEFT JOIN "StudyPrediction" sp ON sp."studyId" = t."id"
AND sp."modelId" = $1::uuid
WHERE t."sliceCount" > coalesce(sp."predictedSlices", 0)
AND t."cohort" = 'PHANTOM'
AND t."id" > $2::uuid
ORDER BY t."id"
LIMIT $3; -- 3 values
