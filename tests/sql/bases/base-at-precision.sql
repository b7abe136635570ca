-- bases/base-at-precision

-- ## as it is
SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE ("Base"."sha256" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values

-- ## its int8 form
SELECT "Base"."sha256"
FROM "Base"
WHERE ("Base"."parentSha256" = $1
  AND "Base"."precision" = CAST($2::text AS "Precision"))
ORDER BY "Base"."createdAt" DESC
LIMIT $3
OFFSET $4; -- 4 values

SELECT "Base"."sha256", "Base"."name", "Base"."parentSha256", "Base"."runId", "Base"."precision"::text, "Base"."outputs", "Base"."card", "Base"."createdAt"
FROM "Base"
WHERE ("Base"."sha256" = $1
  AND 1=1)
LIMIT $2
OFFSET $3; -- 3 values
