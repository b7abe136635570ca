-- CreateTable
CREATE TABLE "Base" (
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentSha256" TEXT,
    "runId" UUID,
    "seenPatients" TEXT[],
    "outputs" TEXT[],
    "card" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Base_pkey" PRIMARY KEY ("sha256")
);

-- A base for each one in use. Only its hash is known here, and that it has seen no more patients than a model on it
-- lists. The card is left empty: the worker completes the shipped one at its start.
INSERT INTO "Base" ("sha256", "name", "seenPatients", "outputs", "card", "createdAt")
SELECT m."baseSha256", 'base ' || left(m."baseSha256", 12),
  coalesce((
    SELECT array_agg(DISTINCT seen ORDER BY seen)
    FROM "Model" o, unnest(o."seenPatients") AS seen WHERE o."baseSha256" = m."baseSha256"
  ), '{}'),
  '{features}', '{}', min(m."createdAt")
FROM "Model" m GROUP BY m."baseSha256";

-- AlterTable
ALTER TABLE "Prediction" ALTER COLUMN "areaPixels" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "Base" ADD CONSTRAINT "Base_parentSha256_fkey" FOREIGN KEY ("parentSha256") REFERENCES "Base"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Base" ADD CONSTRAINT "Base_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Model" ADD CONSTRAINT "Model_baseSha256_fkey" FOREIGN KEY ("baseSha256") REFERENCES "Base"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma cannot express.

ALTER TABLE "Base" ADD CONSTRAINT "Base_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "Base" ADD CONSTRAINT "Base_gives_features" CHECK ('features' = ANY ("outputs") AND "outputs" <@ ARRAY['features', 'mask', 'gap']);
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_mask_has_area" CHECK ("maskSha256" IS NULL OR "areaPixels" > 0);

-- A base never changes. One that was entered above without a card is completed once, by its name, patients, outputs and card.
CREATE FUNCTION refuse_base_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."card" = '{}' AND NEW."card" <> '{}'
    AND (NEW."sha256", NEW."parentSha256", NEW."runId", NEW."createdAt")
      IS NOT DISTINCT FROM (OLD."sha256", OLD."parentSha256", OLD."runId", OLD."createdAt")
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Base is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Base_append_only" BEFORE UPDATE OR DELETE ON "Base" FOR EACH ROW EXECUTE FUNCTION refuse_base_change();
-- New entries say what they are: only an upgrade may leave a card empty.
CREATE FUNCTION refuse_base_without_lineage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."card" = '{}' THEN RAISE EXCEPTION 'A base needs a card' USING ERRCODE = 'check_violation'; END IF;
  IF EXISTS (SELECT FROM "Base" WHERE "sha256" = NEW."parentSha256" AND NOT "seenPatients" <@ NEW."seenPatients")
  THEN RAISE EXCEPTION 'A base has seen every patient that its parent has seen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Base_says_whom_it_has_seen" BEFORE INSERT ON "Base" FOR EACH ROW EXECUTE FUNCTION refuse_base_without_lineage();
