-- AlterTable
ALTER TABLE "Evaluation" ADD COLUMN     "comparedWithId" UUID,
ADD COLUMN     "differences" JSONB;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_comparedWithId_fkey" FOREIGN KEY ("comparedWithId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
