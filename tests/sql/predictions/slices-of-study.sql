-- predictions/slices-of-study

SELECT "Slice"."id", "Slice"."position", "Slice"."rows", "Slice"."columns", "Slice"."pixelHash", "Slice"."fileSha256", "Slice"."fileName"
FROM "Slice"
WHERE "Slice"."studyId" = $1
ORDER BY "Slice"."position" ASC
OFFSET $2; -- 2 values
