-- Phantoms are made-up images: they, and what was recorded of them, may be removed as a whole. Nothing else may.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('sulcus.removing_phantoms', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Removes every phantom patient with studies, slices, labels, drafts, predictions, snapshots and the figures measured on
-- them. Models and runs made on phantoms stay, without snapshot and figures: decisions name them.
CREATE FUNCTION remove_phantoms() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('sulcus.removing_phantoms', 'on', true);
  CREATE TEMP TABLE "gone_slices" ON COMMIT DROP AS
    SELECT s."id" FROM "Slice" s JOIN "Study" t ON t."id" = s."studyId" WHERE t."cohort" = 'PHANTOM';
  CREATE TEMP TABLE "gone_snapshots" ON COMMIT DROP AS SELECT "id" FROM "Snapshot" WHERE "cohort" = 'PHANTOM';

  UPDATE "TrainingRun" SET "snapshotId" = NULL WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots");
  DELETE FROM "EvaluationPatient" WHERE "evaluationId" IN (
    SELECT "id" FROM "Evaluation" WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots"));
  DELETE FROM "Evaluation" WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots");
  DELETE FROM "SnapshotItem" WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots");
  DELETE FROM "SnapshotContext" WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots");
  DELETE FROM "SnapshotPatient" WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots");
  DELETE FROM "SnapshotAuthor" WHERE "snapshotId" IN (SELECT "id" FROM "gone_snapshots");
  DELETE FROM "Snapshot" WHERE "id" IN (SELECT "id" FROM "gone_snapshots");

  DELETE FROM "Flag" WHERE "sliceId" IN (SELECT "id" FROM "gone_slices");
  DELETE FROM "PredictionFailure" WHERE "sliceId" IN (SELECT "id" FROM "gone_slices");
  DELETE FROM "Prediction" WHERE "sliceId" IN (SELECT "id" FROM "gone_slices");
  DELETE FROM "StudyPrediction" WHERE "cohort" = 'PHANTOM';
  DELETE FROM "Draft" WHERE "sliceId" IN (SELECT "id" FROM "gone_slices");
  UPDATE "Slice" SET "currentLabelId" = NULL WHERE "id" IN (SELECT "id" FROM "gone_slices");
  DELETE FROM "Label" WHERE "sliceId" IN (SELECT "id" FROM "gone_slices");
  DELETE FROM "Slice" WHERE "id" IN (SELECT "id" FROM "gone_slices");
  DELETE FROM "Study" WHERE "cohort" = 'PHANTOM';
  DELETE FROM "Patient" WHERE "cohort" = 'PHANTOM';
  DELETE FROM "Import" WHERE "cohort" = 'PHANTOM';
  PERFORM set_config('sulcus.removing_phantoms', 'off', true);
END $$;
