-- lineage/readers-in-models

SELECT u."id" AS "readerId", u."name" AS "readerName", m."id", m."number", m."state", a."snapshotId", sum(a."learned")::int AS "labels"
FROM "Model" m
JOIN "TrainingRun" r ON r."id" = m."runId"
JOIN "SnapshotAuthor" a ON a."snapshotId" = r."snapshotId"
AND a."learned" > 0
JOIN "User" u ON u."id" = a."authorId"
WHERE $1 OR u."id" = $2::uuid
GROUP BY u."id", u."name", m."id", m."number", m."state", a."snapshotId"
ORDER BY u."name", u."id", m."number" DESC; -- 2 values
