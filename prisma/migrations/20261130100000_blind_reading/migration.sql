-- Test patients are read blind, unless an admin decides otherwise.
CREATE TABLE "Settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "blindTestPatients" BOOLEAN NOT NULL DEFAULT true,
    CONSTRAINT "Settings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Settings_one_row" CHECK ("id" = 1)
);
INSERT INTO "Settings" DEFAULT VALUES;

-- Who the model in production names a test patient is one from the start. The next snapshot would say the same.
UPDATE "Patient" p SET "split" = 'TEST'
FROM "ModelPatient" k JOIN "Model" m ON m."id" = k."modelId" AND m."state" = 'PRODUCTION'
WHERE k."hashedKey" = p."hashedKey" AND k."split" = 'TEST' AND p."split" IS NULL;

-- Used by the next migration: a transaction cannot use a value that it has added.
ALTER TYPE "FlagReason" ADD VALUE 'NEIGHBOURS_DISAGREE';

-- A study that people have gone through has no least certain slice any more. Here, so that the lock does not last as
-- long as the next migration.
ALTER TABLE "StudyPrediction" ALTER COLUMN "lowestConfidence" DROP NOT NULL;
