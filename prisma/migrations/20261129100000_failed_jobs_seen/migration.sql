-- Who has seen that a job failed, and when: until then the navigation has a red dot.
ALTER TABLE "Job" ADD COLUMN "seenAt" TIMESTAMPTZ(3), ADD COLUMN "seenById" UUID;
ALTER TABLE "Job" ADD CONSTRAINT "Job_seenById_fkey" FOREIGN KEY ("seenById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Failures of before need nobody's eyes.
UPDATE "Job" SET "seenAt" = "finishedAt" WHERE "status" = 'FAILED';

-- Asked on every page; holds the few failures that nobody has seen.
CREATE INDEX "Job_failed_unseen" ON "Job" ("finishedAt") WHERE "status" = 'FAILED' AND "seenAt" IS NULL AND "parentId" IS NULL;
