-- How a person came to a label, what its mask stems from, what was on the screen, and taking a decision back.
ALTER TYPE "LabelClass" ADD VALUE 'WITHDRAWN';
ALTER TYPE "LabelReason" ADD VALUE 'OTHER_DISEASE' BEFORE 'OTHER';
ALTER TYPE "LabelReason" ADD VALUE 'CUT_OFF' BEFORE 'OTHER';
CREATE TYPE "LabelAct" AS ENUM ('KEPT', 'USED_MODEL', 'STATED', 'DRAWN', 'RESTORED', 'UNDONE');
CREATE TYPE "MaskOrigin" AS ENUM ('IMPORT', 'PERSON', 'MODEL');

-- Labels of earlier versions stay as they are: what was not recorded is not made up.
ALTER TABLE "Label"
  ADD COLUMN "act" "LabelAct",
  ADD COLUMN "maskOrigin" "MaskOrigin",
  ADD COLUMN "maskModelId" UUID,
  ADD COLUMN "seenModelId" UUID,
  ADD COLUMN "seenPTumor" DOUBLE PRECISION,
  ADD COLUMN "batchId" UUID,
  ADD COLUMN "undoneById" UUID,
  ADD CONSTRAINT "Label_maskModelId_fkey" FOREIGN KEY ("maskModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Label_seenModelId_fkey" FOREIGN KEY ("seenModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Label_undoneById_fkey" FOREIGN KEY ("undoneById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Label_origin_has_mask" CHECK ("maskOrigin" IS NULL OR "maskSha256" IS NOT NULL),
  ADD CONSTRAINT "Label_origin_names_model" CHECK (("maskOrigin" IS NOT DISTINCT FROM 'MODEL') = ("maskModelId" IS NOT NULL)),
  -- As text: a value that this transaction adds cannot be used in it.
  ADD CONSTRAINT "Label_withdrawn_has_no_mask" CHECK ("labelClass"::text <> 'WITHDRAWN' OR "maskSha256" IS NULL);
DROP INDEX "Label_authorId_idx";
CREATE INDEX "Label_authorId_createdAt_idx" ON "Label"("authorId", "createdAt");
CREATE INDEX "Label_batchId_idx" ON "Label"("batchId");

-- The newest version's number stays where the slice has no label again.
ALTER TABLE "Slice" ADD COLUMN "labelVersion" INTEGER NOT NULL DEFAULT 0;
UPDATE "Slice" s SET "labelVersion" = l."version" FROM "Label" l WHERE l."id" = s."currentLabelId";

CREATE OR REPLACE FUNCTION keep_current_label() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Slice" s SET
    "currentLabelId" = CASE WHEN n."labelClass" = 'WITHDRAWN' THEN NULL ELSE n."id" END,
    "labelVersion" = n."version"
  FROM (
    SELECT DISTINCT ON ("sliceId") "sliceId", "id", "version", "labelClass" FROM added ORDER BY "sliceId", "version" DESC
  ) n
  WHERE s."id" = n."sliceId" AND s."labelVersion" < n."version";
  PERFORM refresh_study_labels(ARRAY(
    SELECT DISTINCT s."studyId" FROM added a JOIN "Slice" s ON s."id" = a."sliceId"
  ));
  RETURN NULL;
END $$;
