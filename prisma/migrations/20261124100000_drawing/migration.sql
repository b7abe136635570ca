-- CreateEnum
CREATE TYPE "LabelReason" AS ENUM ('MISSED_LESION', 'NOT_TUMOR', 'BORDER', 'PARTIAL_VOLUME', 'ARTEFACT', 'MISSING_SEQUENCE', 'TREATMENT_CHANGE', 'OTHER');

-- What was a reason in the author's words is a note from now on: renamed, so that no label changes.
ALTER TABLE "Label" RENAME COLUMN "reason" TO "note";
ALTER TABLE "Label" ADD COLUMN "reason" "LabelReason",
ADD COLUMN "restoredVersion" INTEGER,
ADD COLUMN "saveId" UUID;

-- AlterTable
ALTER TABLE "Slice" ADD COLUMN "orientation" DOUBLE PRECISION[];

-- CreateTable
CREATE TABLE "Draft" (
    "id" UUID NOT NULL,
    "sliceId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "basedOn" INTEGER NOT NULL,
    "baseLabelId" UUID,
    "revision" INTEGER NOT NULL,
    "strokes" JSONB NOT NULL,
    "done" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Draft_sliceId_authorId_key" ON "Draft"("sliceId", "authorId");

-- CreateIndex
CREATE UNIQUE INDEX "Label_saveId_key" ON "Label"("saveId");

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_baseLabelId_fkey" FOREIGN KEY ("baseLabelId") REFERENCES "Label"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma cannot express.

-- Six direction cosines, or none where the orientation is unknown.
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_orientation" CHECK (coalesce(cardinality("orientation"), 0) IN (0, 6));
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_counts" CHECK ("revision" >= 1 AND "done" >= 0 AND "basedOn" >= 0);
