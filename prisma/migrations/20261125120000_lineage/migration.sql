-- AlterTable
ALTER TABLE "Snapshot" ADD COLUMN     "contextSliceIds" UUID[];

-- CreateIndex
CREATE INDEX "Label_authorId_idx" ON "Label"("authorId");

-- CreateIndex
CREATE INDEX "Label_modelId_idx" ON "Label"("modelId");

-- CreateIndex
CREATE INDEX "SnapshotItem_labelId_idx" ON "SnapshotItem"("labelId");

-- CreateIndex
CREATE INDEX "TrainingRun_snapshotId_idx" ON "TrainingRun"("snapshotId");
