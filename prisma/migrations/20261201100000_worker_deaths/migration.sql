-- Jobs on which workers die again and again are given up.
ALTER TABLE "Job" ADD COLUMN "workerDeaths" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "deathProgress" INTEGER NOT NULL DEFAULT 0;
