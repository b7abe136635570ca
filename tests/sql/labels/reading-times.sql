-- labels/reading-times

SELECT u."id" AS "readerId", u."name" AS "readerName", l."readingMs"
FROM "User" u
CROSS JOIN LATERAL (
  SELECT l."readingMs"
  FROM "Label" l
  JOIN "Slice" s ON s."id" = l."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  WHERE l."authorId" = u."id"
  AND l."readingMs" IS NOT NULL
  AND t."cohort" = $1::"Cohort"
  AND t."patientId" IN (
    SELECT "id"
    FROM "Patient"
    WHERE "site" = $2)
  ORDER BY l."createdAt" DESC
  LIMIT $3 ) l; -- 3 values
