-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "wholeId" UUID;

-- AlterTable
ALTER TABLE "TrainingEpoch" DROP CONSTRAINT "TrainingEpoch_pkey",
ADD COLUMN     "head" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "TrainingEpoch_pkey" PRIMARY KEY ("runId", "head", "epoch");

-- AlterTable
ALTER TABLE "TrainingRun" ADD COLUMN     "phaseBeganAt" JSONB;

-- CreateTable
CREATE TABLE "TrainingStep" (
    "runId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "jobId" UUID NOT NULL,
    "input" JSONB,
    "result" JSONB,
    "seconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "backboneRuns" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "beganAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrainingStep_pkey" PRIMARY KEY ("runId","kind","index")
);

-- CreateTable
CREATE TABLE "RunLogLine" (
    "id" BIGSERIAL NOT NULL,
    "runId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worker" TEXT,
    "text" TEXT NOT NULL,

    CONSTRAINT "RunLogLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "TrainingStep_jobId_key" ON "TrainingStep"("jobId");

-- CreateIndex
CREATE INDEX "RunLogLine_runId_id_idx" ON "RunLogLine"("runId", "id");

-- CreateIndex
CREATE INDEX "Job_wholeId_idx" ON "Job"("wholeId");

-- AddForeignKey
ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunLogLine" ADD CONSTRAINT "RunLogLine_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_wholeId_fkey" FOREIGN KEY ("wholeId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma cannot express.

-- A run's log is only ever added to.
CREATE TRIGGER "RunLogLine_append_only" BEFORE UPDATE OR DELETE ON "RunLogLine" FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_counts" CHECK ("index" >= 0 AND "seconds" >= 0 AND "backboneRuns" >= 0);

-- A run that was asked for before runs had steps cannot be taken up again: it ends, and says what to do.
UPDATE "Job" SET "status" = 'FAILED', "finishedAt" = now(), "workerId" = NULL,
  "error" = 'Sulcus was updated while this run was under way. Please ask for it again.'
  WHERE "kind" = 'train-model' AND "status" IN ('WAITING', 'RUNNING');
UPDATE "TrainingRun" SET "finishedAt" = now() WHERE "finishedAt" IS NULL;
