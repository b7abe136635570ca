-- models/seen-patients

SELECT "ModelPatient"."modelId", "ModelPatient"."hashedKey"
FROM "ModelPatient"
WHERE ("ModelPatient"."modelId" = $1
  AND ("ModelPatient"."split" IS NULL OR "ModelPatient"."split" <> CAST($2::text AS "Split")))
ORDER BY "ModelPatient"."hashedKey" ASC
OFFSET $3; -- 3 values
