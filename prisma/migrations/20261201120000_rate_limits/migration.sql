-- Attempts are counted by keys that name nobody (docs/decisions/0026). The failures counted until now go: whoever waits
-- for a sign-in need not wait any longer, and addresses without an account are no longer kept.
DROP TABLE "SignInAttempt";

CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "resetsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "RateLimit_resetsAt_idx" ON "RateLimit"("resetsAt");
