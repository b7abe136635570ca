-- Pages look up the ended jobs of a record, too: the unique index holds active ones alone.
CREATE INDEX "Job_key_createdAt_idx" ON "Job"("key", "createdAt");
