-- Slices that no person has labelled, and of which the image alone would be predicted as the other class.
INSERT INTO "Flag" ("modelId", "sliceId", "reason", "studyId", "cohort", "confidence")
SELECT p."modelId", s."id", 'NEIGHBOURS_DISAGREE', s."studyId", t."cohort", p."confidence"
FROM "Prediction" p
JOIN "Model" m ON m."id" = p."modelId"
JOIN "Slice" s ON s."id" = p."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
WHERE (l."source" IS NULL OR l."source" = 'IMPORTED')
  AND (p."pTumorAlone" >= m."threshold") <> (p."predictedClass" = 'TUMOR');

-- A study that people have gone through has no least certain slice any more.
UPDATE "StudyPrediction" sp SET
  "flaggedSlices" = (
    SELECT count(DISTINCT f."sliceId")::int FROM "Flag" f
    WHERE f."studyId" = sp."studyId" AND f."modelId" = sp."modelId"
  ),
  "lowestConfidence" = (
    SELECT min(p."confidence") FROM "Slice" s
    JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = sp."modelId"
    LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    WHERE s."studyId" = sp."studyId" AND (l."source" IS NULL OR l."source" = 'IMPORTED')
  );

-- A reader's unsaved drawings in all studies.
CREATE INDEX "Draft_authorId_updatedAt_idx" ON "Draft"("authorId", "updatedAt");
