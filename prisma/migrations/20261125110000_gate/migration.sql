-- CreateEnum
CREATE TYPE "DecisionKind" AS ENUM ('PROMOTED', 'ROLLED_BACK', 'RETIRED', 'REJECTED');

-- CreateTable
CREATE TABLE "ModelDecision" (
    "id" UUID NOT NULL,
    "kind" "DecisionKind" NOT NULL,
    "modelId" UUID NOT NULL,
    "previousModelId" UUID,
    "decidedById" UUID,
    "reason" TEXT,
    "verdict" JSONB,
    "onlyAdmin" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelDecision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ModelDecision_modelId_idx" ON "ModelDecision"("modelId");

-- CreateIndex
CREATE INDEX "ModelDecision_createdAt_idx" ON "ModelDecision"("createdAt");

-- AddForeignKey
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_previousModelId_fkey" FOREIGN KEY ("previousModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A model may be compared on its snapshot with each model that comes into production.
-- DropIndex
DROP INDEX "Evaluation_modelId_snapshotId_key";

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_modelId_snapshotId_comparedWithId_key" ON "Evaluation"("modelId", "snapshotId", "comparedWithId");

-- What Prisma cannot express follows.

-- Nulls are distinct in a unique index (NULLS NOT DISTINCT needs Postgres 15; 13 is enough here).
CREATE UNIQUE INDEX "Evaluation_alone" ON "Evaluation"("modelId", "snapshotId") WHERE "comparedWithId" IS NULL;

CREATE TRIGGER "ModelDecision_append_only" BEFORE UPDATE OR DELETE ON "ModelDecision" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Whoever rolls back or rejects says why; only a model that is put back takes another's place without a gate.
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_reason" CHECK ("kind" NOT IN ('ROLLED_BACK', 'REJECTED') OR "reason" IS NOT NULL);
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_takes_another_place" CHECK ("previousModelId" IS DISTINCT FROM "modelId");

-- Decisions made before this table, from the audit trail.
INSERT INTO "ModelDecision" ("id", "kind", "modelId", "previousModelId", "decidedById", "reason", "createdAt")
SELECT gen_random_uuid(), 'PROMOTED', d."modelId", nullif(d."before", d."modelId"), u."id", NULL, d."at"
FROM (
  SELECT m."id" AS "modelId", a."actorId", a."at", lag(m."id") OVER (ORDER BY a."id") AS "before"
  FROM "AuditEvent" a JOIN "Model" m ON m."id"::text = a."subjectId"
  WHERE a."action" = 'model.promoted'
) d LEFT JOIN "User" u ON u."id" = d."actorId";
INSERT INTO "ModelDecision" ("id", "kind", "modelId", "decidedById", "reason", "createdAt")
SELECT gen_random_uuid(), 'REJECTED', m."id", u."id", coalesce(nullif(a."detail"->>'reason', ''), 'not stated'), a."at"
FROM "AuditEvent" a JOIN "Model" m ON m."id"::text = a."subjectId" LEFT JOIN "User" u ON u."id" = a."actorId"
WHERE a."action" = 'model.rejected';
