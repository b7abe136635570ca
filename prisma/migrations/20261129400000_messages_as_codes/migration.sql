-- What is said to people is stored as a code with its values. Sentences of earlier versions stay as they were written.
CREATE FUNCTION as_written("sentence" text) RETURNS jsonb LANGUAGE sql STRICT AS
  $$ SELECT jsonb_build_object('code', 'as-written', 'text', "sentence") $$;

ALTER TABLE "Job"
  ALTER COLUMN "message" TYPE JSONB USING as_written("message"),
  ALTER COLUMN "error" TYPE JSONB USING as_written("error");
ALTER TABLE "Import" ALTER COLUMN "error" TYPE JSONB USING as_written("error");
ALTER TABLE "ImportedFile" ALTER COLUMN "reason" TYPE JSONB USING as_written("reason");
ALTER TABLE "PredictionFailure" ALTER COLUMN "reason" TYPE JSONB USING as_written("reason");

ALTER TABLE "TrainingRun" RENAME COLUMN "notes" TO "sentences";
ALTER TABLE "TrainingRun" ADD COLUMN "notes" JSONB[];
UPDATE "TrainingRun" SET "notes" = ARRAY(
  SELECT as_written(s."sentence") FROM unnest("sentences") WITH ORDINALITY AS s("sentence", "place") ORDER BY s."place");
ALTER TABLE "TrainingRun" DROP COLUMN "sentences";

DROP FUNCTION as_written(text);
