-- bases/registered-base

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE ("Base"."sha256" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

SELECT "BaseSeenPatient"."baseSha256", "BaseSeenPatient"."hashedKey"
FROM "BaseSeenPatient"
WHERE "BaseSeenPatient"."baseSha256" = $1
ORDER BY "BaseSeenPatient"."hashedKey" ASC
OFFSET $2; -- 2 values
