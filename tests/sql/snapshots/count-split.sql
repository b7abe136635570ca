-- snapshots/count-split

SELECT "split", count(*)::int AS "patients", sum("slices")::int AS "slices", sum("tumorSlices")::int AS "tumorSlices"
FROM "SnapshotPatient"
WHERE "snapshotId" = $1::uuid
GROUP BY "split"
ORDER BY "split"; -- 1 value
