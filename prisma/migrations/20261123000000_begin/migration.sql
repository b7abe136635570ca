-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('READER', 'REVIEWER', 'ADMIN');

-- CreateEnum
CREATE TYPE "Cohort" AS ENUM ('REAL', 'PHANTOM');

-- CreateEnum
CREATE TYPE "LabelClass" AS ENUM ('TUMOR', 'NO_TUMOR', 'CANNOT_TELL');

-- CreateEnum
CREATE TYPE "LabelSource" AS ENUM ('IMPORTED', 'MODEL', 'HUMAN');

-- CreateEnum
CREATE TYPE "ModelState" AS ENUM ('CANDIDATE', 'PRODUCTION', 'RETIRED', 'REJECTED');

-- CreateEnum
CREATE TYPE "Split" AS ENUM ('TRAIN', 'VALIDATION', 'TEST');

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('UPLOADING', 'INSPECTING', 'READY', 'IMPORTING', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "FlagReason" AS ENUM ('LOW_CONFIDENCE', 'MODEL_DISAGREES');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "deactivatedAt" TIMESTAMPTZ(3),
    "sessionEpoch" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInAttempt" (
    "email" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "lastFailureAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignInAttempt_pkey" PRIMARY KEY ("email")
);

-- CreateTable
CREATE TABLE "Patient" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "hashedKey" TEXT NOT NULL,
    "site" TEXT NOT NULL DEFAULT '',
    "cohort" "Cohort" NOT NULL,
    "split" "Split",
    "clinical" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Study" (
    "id" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "studyDate" DATE,
    "windowLow" DOUBLE PRECISION[],
    "windowHigh" DOUBLE PRECISION[],
    "lowestConfidence" DOUBLE PRECISION,
    "flaggedSlices" INTEGER NOT NULL DEFAULT 0,
    "importId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Slice" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "columns" INTEGER NOT NULL,
    "rowSpacingMm" DOUBLE PRECISION,
    "columnSpacingMm" DOUBLE PRECISION,
    "fileSha256" TEXT NOT NULL,
    "pixelHash" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Slice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Label" (
    "id" UUID NOT NULL,
    "sliceId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "labelClass" "LabelClass" NOT NULL,
    "maskSha256" TEXT,
    "areaPixels" INTEGER,
    "source" "LabelSource" NOT NULL,
    "authorId" UUID,
    "modelId" UUID,
    "reason" TEXT,
    "readingMs" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Model" (
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "artifactSha256" TEXT NOT NULL,
    "baseSha256" TEXT NOT NULL,
    "parentId" UUID,
    "state" "ModelState" NOT NULL,
    "cohort" "Cohort" NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "temperature" DOUBLE PRECISION NOT NULL,
    "seenPatients" TEXT[],
    "card" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "promotedAt" TIMESTAMPTZ(3),
    "runId" UUID,

    CONSTRAINT "Model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Prediction" (
    "id" UUID NOT NULL,
    "sliceId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "pTumor" DOUBLE PRECISION NOT NULL,
    "predictedClass" "LabelClass" NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "maskSha256" TEXT,
    "areaPixels" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Prediction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Flag" (
    "sliceId" UUID NOT NULL,
    "reason" "FlagReason" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Flag_pkey" PRIMARY KEY ("sliceId","reason")
);

-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "state" "ImportState" NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "uploaded" BOOLEAN NOT NULL,
    "size" BIGINT,
    "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    "cohort" "Cohort" NOT NULL DEFAULT 'REAL',
    "preview" JSONB,
    "report" JSONB,
    "error" TEXT,
    "requestedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportedFile" (
    "importId" UUID NOT NULL,
    "file" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "sliceId" UUID,
    "hasMask" BOOLEAN NOT NULL DEFAULT false,
    "hasTumor" BOOLEAN NOT NULL DEFAULT false,
    "maskConflict" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ImportedFile_pkey" PRIMARY KEY ("importId","file")
);

-- CreateTable
CREATE TABLE "TrainingRun" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "parameters" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "cohort" "Cohort" NOT NULL,
    "reason" TEXT,
    "requestedById" UUID,
    "backend" JSONB,
    "phase" TEXT,
    "secondsByPhase" JSONB,
    "backboneRuns" INTEGER NOT NULL DEFAULT 0,
    "notes" TEXT[],
    "snapshotId" UUID,
    "jobId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrainingRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingEpoch" (
    "runId" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "trainLoss" DOUBLE PRECISION NOT NULL,
    "validationLoss" DOUBLE PRECISION NOT NULL,
    "validationAuc" DOUBLE PRECISION,
    "durationMs" INTEGER NOT NULL,

    CONSTRAINT "TrainingEpoch_pkey" PRIMARY KEY ("runId","epoch")
);

-- CreateTable
CREATE TABLE "Snapshot" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "cohort" "Cohort" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SnapshotItem" (
    "snapshotId" UUID NOT NULL,
    "sliceId" UUID NOT NULL,
    "labelId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "split" "Split" NOT NULL,

    CONSTRAINT "SnapshotItem_pkey" PRIMARY KEY ("snapshotId","sliceId")
);

-- CreateTable
CREATE TABLE "Evaluation" (
    "id" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "snapshotId" UUID,
    "metrics" JSONB NOT NULL,
    "patients" INTEGER NOT NULL,
    "slices" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvaluationPatient" (
    "evaluationId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "slices" INTEGER NOT NULL,
    "tumorSlices" INTEGER NOT NULL,
    "tp" INTEGER NOT NULL,
    "fp" INTEGER NOT NULL,
    "tn" INTEGER NOT NULL,
    "fn" INTEGER NOT NULL,
    "auc" DOUBLE PRECISION,
    "dice" DOUBLE PRECISION,

    CONSTRAINT "EvaluationPatient_pkey" PRIMARY KEY ("evaluationId","patientId")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'WAITING',
    "key" TEXT,
    "progressDone" INTEGER NOT NULL DEFAULT 0,
    "progressTotal" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "workerId" UUID,
    "requestedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkerProcess" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL,
    "capabilities" JSONB NOT NULL,
    "queueIds" TEXT[],

    CONSTRAINT "WorkerProcess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID,
    "actorEmail" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "address" TEXT,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Patient_key_key" ON "Patient"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Patient_hashedKey_key" ON "Patient"("hashedKey");

-- CreateIndex
CREATE INDEX "Study_createdAt_idx" ON "Study"("createdAt");

-- CreateIndex
CREATE INDEX "Study_lowestConfidence_idx" ON "Study"("lowestConfidence");

-- CreateIndex
CREATE UNIQUE INDEX "Study_patientId_key_key" ON "Study"("patientId", "key");

-- CreateIndex
CREATE INDEX "Slice_pixelHash_idx" ON "Slice"("pixelHash");

-- CreateIndex
CREATE UNIQUE INDEX "Slice_studyId_position_key" ON "Slice"("studyId", "position");

-- CreateIndex
CREATE INDEX "Label_createdAt_idx" ON "Label"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Label_sliceId_version_key" ON "Label"("sliceId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Model_number_key" ON "Model"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Model_artifactSha256_key" ON "Model"("artifactSha256");

-- CreateIndex
CREATE UNIQUE INDEX "Model_runId_key" ON "Model"("runId");

-- CreateIndex
CREATE INDEX "Prediction_modelId_confidence_idx" ON "Prediction"("modelId", "confidence");

-- CreateIndex
CREATE UNIQUE INDEX "Prediction_sliceId_modelId_key" ON "Prediction"("sliceId", "modelId");

-- CreateIndex
CREATE INDEX "Flag_reason_idx" ON "Flag"("reason");

-- CreateIndex
CREATE INDEX "Import_createdAt_idx" ON "Import"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingRun_number_key" ON "TrainingRun"("number");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingRun_jobId_key" ON "TrainingRun"("jobId");

-- CreateIndex
CREATE INDEX "TrainingRun_createdAt_idx" ON "TrainingRun"("createdAt");

-- CreateIndex
CREATE INDEX "SnapshotItem_snapshotId_split_idx" ON "SnapshotItem"("snapshotId", "split");

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_modelId_snapshotId_key" ON "Evaluation"("modelId", "snapshotId");

-- CreateIndex
CREATE INDEX "Job_status_kind_idx" ON "Job"("status", "kind");

-- CreateIndex
CREATE INDEX "Job_createdAt_idx" ON "Job"("createdAt");

-- CreateIndex
CREATE INDEX "WorkerProcess_heartbeatAt_idx" ON "WorkerProcess"("heartbeatAt");

-- CreateIndex
CREATE INDEX "AuditEvent_subjectId_idx" ON "AuditEvent"("subjectId");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Label" ADD CONSTRAINT "Label_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Label" ADD CONSTRAINT "Label_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Label" ADD CONSTRAINT "Label_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Model" ADD CONSTRAINT "Model_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Model" ADD CONSTRAINT "Model_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportedFile" ADD CONSTRAINT "ImportedFile_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingEpoch" ADD CONSTRAINT "TrainingEpoch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_labelId_fkey" FOREIGN KEY ("labelId") REFERENCES "Label"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationPatient" ADD CONSTRAINT "EvaluationPatient_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationPatient" ADD CONSTRAINT "EvaluationPatient_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "WorkerProcess"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma cannot express.

-- Exactly one production model at most; "at least one" holds because promotion swaps two in one transaction.
CREATE UNIQUE INDEX "Model_one_production" ON "Model" ((true)) WHERE "state" = 'PRODUCTION';

-- One waiting or running job a key.
CREATE UNIQUE INDEX "Job_one_active_a_key" ON "Job" ("key") WHERE "status" IN ('WAITING', 'RUNNING');

-- One set of shipped figures a model (a unique index treats nulls as different).
CREATE UNIQUE INDEX "Evaluation_one_shipped" ON "Evaluation" ("modelId") WHERE "snapshotId" IS NULL;

ALTER TABLE "Slice" ADD CONSTRAINT "Slice_size" CHECK ("rows" > 0 AND "columns" > 0);
ALTER TABLE "Label" ADD CONSTRAINT "Label_version_begins_at_1" CHECK ("version" >= 1);
ALTER TABLE "Label" ADD CONSTRAINT "Label_mask_has_area" CHECK (("maskSha256" IS NULL) = ("areaPixels" IS NULL));
-- A slice without tumor has no tumor pixels.
ALTER TABLE "Label" ADD CONSTRAINT "Label_class_fits_mask" CHECK ("labelClass" <> 'NO_TUMOR' OR coalesce("areaPixels", 0) = 0);
ALTER TABLE "Label" ADD CONSTRAINT "Label_human_has_author" CHECK ("source" = 'IMPORTED' OR "authorId" IS NOT NULL);
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_probabilities" CHECK ("pTumor" BETWEEN 0 AND 1 AND "confidence" BETWEEN 0 AND 1);
ALTER TABLE "Model" ADD CONSTRAINT "Model_threshold" CHECK ("threshold" BETWEEN 0 AND 1 AND "temperature" > 0);
ALTER TABLE "Job" ADD CONSTRAINT "Job_progress" CHECK ("progressDone" >= 0 AND "progressTotal" >= 0);

-- History is rows: labels, snapshots, evaluations and the audit trail are never changed or removed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Label_append_only" BEFORE UPDATE OR DELETE ON "Label" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Snapshot_append_only" BEFORE UPDATE OR DELETE ON "Snapshot" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SnapshotItem_append_only" BEFORE UPDATE OR DELETE ON "SnapshotItem" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Evaluation_append_only" BEFORE UPDATE OR DELETE ON "Evaluation" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A model's substance never changes; its state does.
CREATE FUNCTION refuse_model_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."artifactSha256", NEW."baseSha256", NEW."number", NEW."threshold", NEW."temperature", NEW."seenPatients", NEW."parentId", NEW."runId", NEW."card"::text)
     IS DISTINCT FROM
     (OLD."artifactSha256", OLD."baseSha256", OLD."number", OLD."threshold", OLD."temperature", OLD."seenPatients", OLD."parentId", OLD."runId", OLD."card"::text)
  THEN RAISE EXCEPTION 'A model never changes; only its state does' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Model_immutable" BEFORE UPDATE ON "Model" FOR EACH ROW EXECUTE FUNCTION refuse_model_change();

-- A patient's split never changes once given, nor does its cohort.
CREATE FUNCTION refuse_split_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD."split" IS NOT NULL AND NEW."split" IS DISTINCT FROM OLD."split") OR NEW."cohort" IS DISTINCT FROM OLD."cohort"
  THEN RAISE EXCEPTION 'A patient never moves to another split or cohort' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Patient_split_is_final" BEFORE UPDATE ON "Patient" FOR EACH ROW EXECUTE FUNCTION refuse_split_change();
