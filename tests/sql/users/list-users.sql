-- users/list-users

SELECT "User"."id", "User"."email", "User"."name", "User"."role"::text, "User"."passwordHash", "User"."deactivatedAt", "User"."sessionEpoch", "User"."mustChangePassword", "User"."createdAt", COALESCE("aggr_selection_0_Label"."_aggr_count_labels", 0) AS "_aggr_count_labels"
FROM "User"
LEFT JOIN (
  SELECT "Label"."authorId", COUNT(*) AS "_aggr_count_labels"
  FROM "Label"
  WHERE 1=1
  GROUP BY "Label"."authorId") AS "aggr_selection_0_Label" ON ("User"."id" = "aggr_selection_0_Label"."authorId")
WHERE 1=1
ORDER BY "User"."deactivatedAt"ASC NULLS FIRST, "User"."email" ASC
OFFSET $1; -- 1 value
