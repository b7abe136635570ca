-- snapshots/hashes-of-patients

SELECT "Patient"."id", "Patient"."hashedKey"
FROM "Patient"
WHERE "Patient"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "SnapshotItem"."snapshotId", "SnapshotItem"."sliceId", "SnapshotItem"."split"::text, "SnapshotItem"."patientId"
FROM "SnapshotItem"
WHERE "SnapshotItem"."snapshotId" = $1
OFFSET $2; -- 2 values
