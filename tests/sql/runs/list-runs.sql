-- runs/list-runs

SELECT "Job"."id", "Job"."kind", "Job"."payload", "Job"."status"::text, "Job"."key", "Job"."progressDone", "Job"."progressTotal", "Job"."message", "Job"."cancelRequestedAt", "Job"."error", "Job"."attempts", "Job"."workerDeaths", "Job"."deathProgress", "Job"."workerId", "Job"."requestedById", "Job"."seenAt", "Job"."seenById", "Job"."createdAt", "Job"."startedAt", "Job"."finishedAt", "Job"."parentId"
FROM "Job"
WHERE "Job"."id" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "Model"."id", "Model"."number", "Model"."runId"
FROM "Model"
WHERE "Model"."runId" IN ($1,$2)
OFFSET $3; -- 3 values

SELECT "TrainingRun"."id", "TrainingRun"."number", "TrainingRun"."parameters", "TrainingRun"."seed", "TrainingRun"."cohort"::text, "TrainingRun"."reason", "TrainingRun"."requestedById", "TrainingRun"."backend", "TrainingRun"."phase", "TrainingRun"."secondsByPhase", "TrainingRun"."phaseBeganAt", "TrainingRun"."backboneRuns", "TrainingRun"."notes", "TrainingRun"."snapshotId", "TrainingRun"."jobId", "TrainingRun"."createdAt", "TrainingRun"."finishedAt"
FROM "TrainingRun"
WHERE 1=1
ORDER BY "TrainingRun"."number" DESC
LIMIT $1
OFFSET $2; -- 2 values

SELECT "User"."id", "User"."name"
FROM "User"
WHERE "User"."id" IN ($1,$2)
OFFSET $3; -- 3 values
