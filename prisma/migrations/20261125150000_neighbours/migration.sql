-- What a prediction owes to the slice itself, and how far the model's heads agree. Null in predictions from before.
ALTER TABLE "Prediction" ADD COLUMN "pTumorAlone" DOUBLE PRECISION, ADD COLUMN "headSpread" DOUBLE PRECISION;
