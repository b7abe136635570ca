-- snapshots/share-labels

SELECT a."source", a."authorId" AS "readerId", u."name" AS "readerName", a."learned" + a."tested" AS "labels"
FROM "SnapshotAuthor" a
LEFT JOIN "User" u ON u."id" = a."authorId"
WHERE a."snapshotId" = $1::uuid
ORDER BY "labels" DESC, a."source", u."name"; -- 1 value
