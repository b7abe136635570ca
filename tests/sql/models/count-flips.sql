-- models/count-flips

SELECT "Label"."id", "Label"."labelClass"::text
FROM "Label"
WHERE "Label"."id" IN ($1,$2,$3,$4,$5,$6,$7)
OFFSET $8; -- 8 values

SELECT "Prediction"."id", "Prediction"."modelId", "Prediction"."predictedClass"::text, "Prediction"."sliceId"
FROM "Prediction"
WHERE ("Prediction"."modelId" IN ($1,$2)
  AND "Prediction"."sliceId" IN ($3,$4,$5,$6,$7,$8,$9))
OFFSET $10; -- 10 values

SELECT "Settings"."id", "Settings"."blindTestPatients"
FROM "Settings"
WHERE ("Settings"."id" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "Slice"."id", "Slice"."position", "Slice"."studyId", "Slice"."currentLabelId"
FROM "Slice"
LEFT JOIN "Study" AS "orderby_1" ON ("orderby_1"."id") = ("Slice"."studyId")
LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
WHERE (("j1"."site" = $1
    AND ("j1"."id" IS NOT NULL)
    AND ("j0"."id" IS NOT NULL))
  AND "Slice"."studyId" IN ($2,$3,$4))
ORDER BY "orderby_1"."key" ASC, "Slice"."position" ASC
OFFSET $5; -- 5 values

SELECT "Study"."id", "Study"."key", "Study"."patientId"
FROM "Study"
WHERE "Study"."id" IN ($1,$2,$3,$4,$5,$6,$7)
OFFSET $8; -- 8 values

WITH "flips" AS MATERIALIZED (
  SELECT t."id" AS "studyId", t."patientId", t."key", $1
  AND pt."split" IS NOT DISTINCT FROM 'TEST'
  AND t."correctedSlices" < t."sliceCount" AS "hidden", n."tumorBits" & ~o."tumorBits" AS "up", o."tumorBits" & ~n."tumorBits" AS "down", t."statedBits" AS "stated", t."tumorBits" AS "tumor"
  FROM "StudyPrediction" o
  JOIN "StudyPrediction" n ON n."studyId" = o."studyId"
  AND n."modelId" = $2::uuid
  JOIN "Study" t ON t."id" = o."studyId"
  JOIN "Patient" pt ON pt."id" = t."patientId"
  WHERE o."modelId" = $3::uuid
  AND t."patientId" IN (
    SELECT "id"
    FROM "Patient"
    WHERE "site" = $4)
  AND o."predictedSlices" = t."sliceCount"
  AND n."predictedSlices" = t."sliceCount"
  AND o."tumorBits" <> n."tumorBits")
SELECT ARRAY(
  SELECT "studyId"
  FROM "flips"
  WHERE NOT "hidden"
  ORDER BY bit_count(("up" & "stated" & ~"tumor") | ("down" & "tumor")) = 0, "key", "studyId"
  LIMIT $5 ) AS "firstStudyIds", count(DISTINCT "patientId")::int AS "patients", coalesce(sum(bit_count("up")), 0)::int AS "toTumor", coalesce(sum(bit_count("up" & "tumor")), 0)::int AS "toTumorGained", coalesce(sum(bit_count("up" & "stated" & ~"tumor")), 0)::int AS "toTumorLost", coalesce(sum(bit_count("down")), 0)::int AS "toNoTumor", coalesce(sum(bit_count("down" & "stated" & ~"tumor")), 0)::int AS "toNoTumorGained", coalesce(sum(bit_count("down" & "tumor")), 0)::int AS "toNoTumorLost"
FROM "flips"; -- 5 values
