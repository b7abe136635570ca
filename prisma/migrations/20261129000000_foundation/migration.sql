-- One place for the current label, for what a model says of a study, for flags, for seen patients and for audit seals.

-- ── Current label and counts of a study ────────────────────────────────────────────────────────────────────────────

ALTER TABLE "Slice" ADD COLUMN "currentLabelId" UUID;
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_currentLabelId_fkey" FOREIGN KEY ("currentLabelId") REFERENCES "Label"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DROP INDEX "Study_createdAt_idx";
DROP INDEX "Study_lowestConfidence_idx";
ALTER TABLE "Study" DROP COLUMN "flaggedSlices",
DROP COLUMN "lowestConfidence",
ADD COLUMN     "correctedSlices" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "labelledSlices" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sliceCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "statedBits" VARBIT NOT NULL DEFAULT '',
ADD COLUMN     "tumorBits" VARBIT NOT NULL DEFAULT '',
ADD COLUMN     "tumorSlices" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "patientKey" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "cohort" "Cohort" NOT NULL DEFAULT 'REAL';
UPDATE "Study" t SET "patientKey" = pt."key", "cohort" = pt."cohort" FROM "Patient" pt WHERE pt."id" = t."patientId";
CREATE INDEX "Study_patientKey_key_idx" ON "Study"("patientKey", "key");
CREATE INDEX "Study_createdAt_id_idx" ON "Study"("createdAt", "id");

-- A study carries its patient's key and cohort: lists are ordered and filtered by them without a join.
CREATE FUNCTION name_patient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT "key", "cohort" INTO NEW."patientKey", NEW."cohort" FROM "Patient" WHERE "id" = NEW."patientId";
  RETURN NEW;
END $$;
CREATE TRIGGER "Study_names_patient" BEFORE INSERT OR UPDATE OF "patientId", "patientKey", "cohort" ON "Study"
  FOR EACH ROW EXECUTE FUNCTION name_patient();
CREATE OR REPLACE FUNCTION refuse_split_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD."split" IS NOT NULL AND NEW."split" IS DISTINCT FROM OLD."split")
    OR (NEW."cohort", NEW."key", NEW."hashedKey") IS DISTINCT FROM (OLD."cohort", OLD."key", OLD."hashedKey")
  THEN RAISE EXCEPTION 'A patient never changes its key, nor moves to another split or cohort' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- Labels that people wrote, by time: the header counts those since a promotion.
CREATE INDEX "Label_corrections" ON "Label" ("createdAt") WHERE "source" <> 'IMPORTED';
-- Reading times of a person, newest first.
CREATE INDEX "Label_measured_reading" ON "Label" ("authorId", "createdAt" DESC) WHERE "readingMs" IS NOT NULL;

-- Counts a study's slices and current labels. The study's row is locked first: of two labels that are saved at once,
-- the second counts the first.
CREATE FUNCTION refresh_study_labels(study_ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Study" WHERE "id" = ANY (study_ids) ORDER BY "id" FOR NO KEY UPDATE;
  UPDATE "Study" t SET
    "sliceCount" = c."slices", "labelledSlices" = c."labelled", "tumorSlices" = c."tumor",
    "correctedSlices" = c."corrected", "statedBits" = c."statedBits", "tumorBits" = c."tumorBits"
  FROM (
    SELECT s."studyId",
      count(*)::int AS "slices",
      count(l."id")::int AS "labelled",
      count(*) FILTER (WHERE l."labelClass" = 'TUMOR')::int AS "tumor",
      count(*) FILTER (WHERE l."source" <> 'IMPORTED')::int AS "corrected",
      string_agg(CASE WHEN l."labelClass" IN ('TUMOR', 'NO_TUMOR') THEN '1' ELSE '0' END, '' ORDER BY s."position")::varbit AS "statedBits",
      string_agg(CASE WHEN l."labelClass" = 'TUMOR' THEN '1' ELSE '0' END, '' ORDER BY s."position")::varbit AS "tumorBits"
    FROM "Slice" s LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    WHERE s."studyId" = ANY (study_ids)
    GROUP BY s."studyId"
  ) c
  WHERE t."id" = c."studyId";
END $$;

-- Fill what is there already.
UPDATE "Slice" s SET "currentLabelId" = l."id"
FROM (SELECT DISTINCT ON ("sliceId") "sliceId", "id" FROM "Label" ORDER BY "sliceId", "version" DESC) l
WHERE l."sliceId" = s."id";
SELECT refresh_study_labels(ARRAY(SELECT "id" FROM "Study"));

-- The newest version of a label is the current one, whoever inserts it.
CREATE FUNCTION keep_current_label() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Slice" s SET "currentLabelId" = n."id"
  FROM (SELECT DISTINCT ON ("sliceId") "sliceId", "id", "version" FROM added ORDER BY "sliceId", "version" DESC) n
  LEFT JOIN "Slice" b ON b."id" = n."sliceId"
  LEFT JOIN "Label" before ON before."id" = b."currentLabelId"
  WHERE s."id" = n."sliceId" AND (before."version" IS NULL OR before."version" < n."version");
  PERFORM refresh_study_labels(ARRAY(
    SELECT DISTINCT s."studyId" FROM added a JOIN "Slice" s ON s."id" = a."sliceId"
  ));
  RETURN NULL;
END $$;
CREATE TRIGGER "Label_becomes_current" AFTER INSERT ON "Label" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_current_label();

CREATE FUNCTION count_new_slices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_study_labels(ARRAY(SELECT DISTINCT "studyId" FROM added));
  RETURN NULL;
END $$;
CREATE TRIGGER "Slice_is_counted" AFTER INSERT ON "Slice" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_slices();

-- ── What a model says of a study, and flags ────────────────────────────────────────────────────────────────────────

CREATE TABLE "StudyPrediction" (
    "modelId" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "cohort" "Cohort" NOT NULL,
    "predictedSlices" INTEGER NOT NULL,
    "tumorSlices" INTEGER NOT NULL,
    "lowestConfidence" DOUBLE PRECISION NOT NULL,
    "flaggedSlices" INTEGER NOT NULL,
    "tumorBits" VARBIT NOT NULL,

    CONSTRAINT "StudyPrediction_pkey" PRIMARY KEY ("modelId","studyId")
);
CREATE INDEX "StudyPrediction_modelId_cohort_lowestConfidence_studyId_idx" ON "StudyPrediction"("modelId", "cohort", "lowestConfidence", "studyId");
CREATE INDEX "StudyPrediction_studyId_idx" ON "StudyPrediction"("studyId");
ALTER TABLE "StudyPrediction" ADD CONSTRAINT "StudyPrediction_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StudyPrediction" ADD CONSTRAINT "StudyPrediction_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "PredictionFailure" (
    "modelId" UUID NOT NULL,
    "sliceId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PredictionFailure_pkey" PRIMARY KEY ("modelId","sliceId")
);
CREATE INDEX "PredictionFailure_sliceId_idx" ON "PredictionFailure"("sliceId");
ALTER TABLE "PredictionFailure" ADD CONSTRAINT "PredictionFailure_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PredictionFailure" ADD CONSTRAINT "PredictionFailure_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Flags belong to a model from now on. They follow from predictions and labels, so all models' flags are computed here.
DELETE FROM "Flag";
DROP INDEX "Flag_reason_idx";
ALTER TABLE "Flag" DROP CONSTRAINT "Flag_pkey",
ADD COLUMN     "cohort" "Cohort" NOT NULL,
ADD COLUMN     "confidence" DOUBLE PRECISION NOT NULL,
ADD COLUMN     "modelId" UUID NOT NULL,
ADD COLUMN     "studyId" UUID NOT NULL,
ADD CONSTRAINT "Flag_pkey" PRIMARY KEY ("modelId", "sliceId", "reason");
INSERT INTO "Flag" ("modelId", "sliceId", "reason", "studyId", "cohort", "confidence")
SELECT p."modelId", s."id", r."reason", s."studyId", pt."cohort", p."confidence"
FROM "Prediction" p
JOIN "Slice" s ON s."id" = p."sliceId"
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = t."patientId"
LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
CROSS JOIN LATERAL (
  SELECT 'LOW_CONFIDENCE'::"FlagReason" AS "reason" WHERE p."confidence" < 0.8
  UNION ALL
  SELECT 'MODEL_DISAGREES'::"FlagReason" WHERE l."labelClass" IN ('TUMOR', 'NO_TUMOR') AND l."labelClass" <> p."predictedClass"
) r
WHERE l."source" IS NULL OR l."source" = 'IMPORTED';
CREATE INDEX "Flag_modelId_cohort_confidence_sliceId_idx" ON "Flag"("modelId", "cohort", "confidence", "sliceId");
CREATE INDEX "Flag_modelId_reason_cohort_confidence_sliceId_idx" ON "Flag"("modelId", "reason", "cohort", "confidence", "sliceId");
CREATE INDEX "Flag_studyId_modelId_idx" ON "Flag"("studyId", "modelId");
CREATE INDEX "Flag_sliceId_idx" ON "Flag"("sliceId");
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "StudyPrediction" ("modelId", "studyId", "cohort", "predictedSlices", "tumorSlices", "lowestConfidence", "flaggedSlices", "tumorBits")
SELECT m."id", s."studyId", pt."cohort",
  count(p."id"), count(*) FILTER (WHERE p."predictedClass" = 'TUMOR'), min(p."confidence"),
  count(*) FILTER (WHERE EXISTS (SELECT FROM "Flag" f WHERE f."modelId" = m."id" AND f."sliceId" = s."id")),
  string_agg(CASE WHEN p."predictedClass" = 'TUMOR' THEN '1' ELSE '0' END, '' ORDER BY s."position")::varbit
FROM "Model" m
CROSS JOIN "Slice" s
JOIN "Study" t ON t."id" = s."studyId"
JOIN "Patient" pt ON pt."id" = t."patientId"
LEFT JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = m."id"
GROUP BY m."id", s."studyId", pt."cohort"
HAVING count(p."id") > 0;

-- ── Patients that a base or a model has seen ───────────────────────────────────────────────────────────────────────

CREATE TABLE "BaseSeenPatient" (
    "baseSha256" TEXT NOT NULL,
    "hashedKey" TEXT NOT NULL,

    CONSTRAINT "BaseSeenPatient_pkey" PRIMARY KEY ("baseSha256","hashedKey")
);
ALTER TABLE "BaseSeenPatient" ADD CONSTRAINT "BaseSeenPatient_baseSha256_fkey" FOREIGN KEY ("baseSha256") REFERENCES "Base"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "ModelPatient" (
    "modelId" UUID NOT NULL,
    "hashedKey" TEXT NOT NULL,
    "split" "Split",

    CONSTRAINT "ModelPatient_pkey" PRIMARY KEY ("modelId","hashedKey")
);
ALTER TABLE "ModelPatient" ADD CONSTRAINT "ModelPatient_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "BaseSeenPatient" SELECT DISTINCT "sha256", unnest("seenPatients") FROM "Base";
-- A model's card names the patients of its splits; the others it has seen through its base or an ancestor.
INSERT INTO "ModelPatient" ("modelId", "hashedKey", "split")
SELECT DISTINCT ON ("modelId", "hashedKey") "modelId", "hashedKey", "split" FROM (
  SELECT m."id" AS "modelId", unnest(m."seenPatients") AS "hashedKey", NULL::"Split" AS "split", 3 AS "rank" FROM "Model" m
  UNION ALL
  SELECT m."id", jsonb_array_elements_text(m."card"->'split'->'train'), 'TRAIN', 0 FROM "Model" m WHERE jsonb_typeof(m."card"->'split'->'train') = 'array'
  UNION ALL
  SELECT m."id", jsonb_array_elements_text(m."card"->'split'->'validation'), 'VALIDATION', 1 FROM "Model" m WHERE jsonb_typeof(m."card"->'split'->'validation') = 'array'
  UNION ALL
  SELECT m."id", jsonb_array_elements_text(m."card"->'split'->'test'), 'TEST', 4 FROM "Model" m WHERE jsonb_typeof(m."card"->'split'->'test') = 'array'
) p ORDER BY "modelId", "hashedKey", "rank";

DROP TRIGGER "Model_immutable" ON "Model";
DROP TRIGGER "Base_append_only" ON "Base";
DROP TRIGGER "Base_says_whom_it_has_seen" ON "Base";
DROP FUNCTION refuse_base_without_lineage();
ALTER TABLE "Model" DROP COLUMN "seenPatients";

CREATE TYPE "Precision" AS ENUM ('F32', 'INT8');
ALTER TABLE "Base" DROP COLUMN "seenPatients",
ADD COLUMN "precision" "Precision" NOT NULL DEFAULT 'F32';
UPDATE "Base" SET "precision" = 'INT8' WHERE "card"->>'precision' = 'int8';

CREATE OR REPLACE FUNCTION refuse_model_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND
     (NEW."artifactSha256", NEW."baseSha256", NEW."number", NEW."cohort", NEW."threshold", NEW."temperature", NEW."parentId", NEW."runId", NEW."card"::text)
     IS NOT DISTINCT FROM
     (OLD."artifactSha256", OLD."baseSha256", OLD."number", OLD."cohort", OLD."threshold", OLD."temperature", OLD."parentId", OLD."runId", OLD."card"::text)
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A model never changes; only its state does' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Model_immutable" BEFORE UPDATE OR DELETE ON "Model" FOR EACH ROW EXECUTE FUNCTION refuse_model_change();

-- A base never changes. An entry that an upgrade made without a card is completed once.
CREATE OR REPLACE FUNCTION refuse_base_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."card" = '{}' AND NEW."card" <> '{}'
    AND (NEW."sha256", NEW."parentSha256", NEW."runId", NEW."createdAt")
      IS NOT DISTINCT FROM (OLD."sha256", OLD."parentSha256", OLD."runId", OLD."createdAt")
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Base is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Base_append_only" BEFORE UPDATE OR DELETE ON "Base" FOR EACH ROW EXECUTE FUNCTION refuse_base_change();

CREATE FUNCTION refuse_base_without_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."card" = '{}' THEN RAISE EXCEPTION 'A base needs a card' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Base_has_card" BEFORE INSERT ON "Base" FOR EACH ROW EXECUTE FUNCTION refuse_base_without_card();

-- Checked when the transaction ends, when the base's patients are there.
CREATE FUNCTION refuse_base_that_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT "hashedKey" FROM "BaseSeenPatient" WHERE "baseSha256" = NEW."parentSha256"
    EXCEPT SELECT "hashedKey" FROM "BaseSeenPatient" WHERE "baseSha256" = NEW."sha256"
  ) THEN RAISE EXCEPTION 'A base has seen every patient that its parent has seen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "Base_has_seen_its_parents_patients" AFTER INSERT OR UPDATE ON "Base"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_base_that_forgets();

-- Seen patients are written with their base or model, never later: its row is then this transaction's own.
CREATE FUNCTION refuse_late_patients() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE late boolean;
BEGIN
  IF TG_TABLE_NAME = 'ModelPatient' THEN
    SELECT EXISTS (SELECT FROM added a JOIN "Model" m ON m."id" = a."modelId" WHERE m.xmin <> pg_current_xact_id()::xid) INTO late;
  ELSE
    SELECT EXISTS (SELECT FROM added a JOIN "Base" b ON b."sha256" = a."baseSha256" WHERE b.xmin <> pg_current_xact_id()::xid) INTO late;
  END IF;
  IF late THEN RAISE EXCEPTION '% is written with its model or base, and never later', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "ModelPatient_is_written_once" AFTER INSERT ON "ModelPatient" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_patients();
CREATE TRIGGER "BaseSeenPatient_is_written_once" AFTER INSERT ON "BaseSeenPatient" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_patients();

-- ── Snapshots: every slice has a place, context slices are rows ────────────────────────────────────────────────────

ALTER TABLE "SnapshotItem" ADD COLUMN "index" INTEGER;
ALTER TABLE "SnapshotItem" DISABLE TRIGGER "SnapshotItem_append_only";
UPDATE "SnapshotItem" i SET "index" = o."index"
FROM (
  SELECT i."snapshotId", i."sliceId",
    row_number() OVER (PARTITION BY i."snapshotId" ORDER BY pt."hashedKey", t."key" COLLATE "C", s."position") - 1 AS "index"
  FROM "SnapshotItem" i
  JOIN "Slice" s ON s."id" = i."sliceId"
  JOIN "Study" t ON t."id" = s."studyId"
  JOIN "Patient" pt ON pt."id" = t."patientId"
) o
WHERE o."snapshotId" = i."snapshotId" AND o."sliceId" = i."sliceId";
ALTER TABLE "SnapshotItem" ENABLE TRIGGER "SnapshotItem_append_only";
ALTER TABLE "SnapshotItem" ALTER COLUMN "index" SET NOT NULL;
DROP INDEX "SnapshotItem_snapshotId_split_idx";
CREATE INDEX "SnapshotItem_snapshotId_patientId_idx" ON "SnapshotItem"("snapshotId", "patientId");
CREATE UNIQUE INDEX "SnapshotItem_snapshotId_index_key" ON "SnapshotItem"("snapshotId", "index");

CREATE TABLE "SnapshotContext" (
    "snapshotId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "sliceId" UUID NOT NULL,

    CONSTRAINT "SnapshotContext_pkey" PRIMARY KEY ("snapshotId","index")
);
INSERT INTO "SnapshotContext" ("snapshotId", "index", "sliceId")
SELECT n."id", (SELECT count(*) FROM "SnapshotItem" i WHERE i."snapshotId" = n."id") + c."place" - 1, c."sliceId"
FROM "Snapshot" n CROSS JOIN LATERAL unnest(n."contextSliceIds") WITH ORDINALITY AS c("sliceId", "place");
CREATE INDEX "SnapshotContext_sliceId_idx" ON "SnapshotContext"("sliceId");
ALTER TABLE "SnapshotContext" ADD CONSTRAINT "SnapshotContext_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SnapshotContext" ADD CONSTRAINT "SnapshotContext_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Snapshot" DROP COLUMN "contextSliceIds";

-- What the pages of a snapshot count, counted once.
CREATE TABLE "SnapshotPatient" (
    "snapshotId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "studies" INTEGER NOT NULL,
    "slices" INTEGER NOT NULL,
    "tumorSlices" INTEGER NOT NULL,
    "newestLabelAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SnapshotPatient_pkey" PRIMARY KEY ("snapshotId","patientId")
);
CREATE INDEX "SnapshotPatient_patientId_idx" ON "SnapshotPatient"("patientId");
ALTER TABLE "SnapshotPatient" ADD CONSTRAINT "SnapshotPatient_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SnapshotPatient" ADD CONSTRAINT "SnapshotPatient_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "SnapshotAuthor" (
    "id" BIGSERIAL NOT NULL,
    "snapshotId" UUID NOT NULL,
    "source" "LabelSource" NOT NULL,
    "authorId" UUID,
    "learned" INTEGER NOT NULL,
    "tested" INTEGER NOT NULL,

    CONSTRAINT "SnapshotAuthor_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "SnapshotAuthor_snapshotId_idx" ON "SnapshotAuthor"("snapshotId");
CREATE INDEX "SnapshotAuthor_authorId_idx" ON "SnapshotAuthor"("authorId");
ALTER TABLE "SnapshotAuthor" ADD CONSTRAINT "SnapshotAuthor_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SnapshotAuthor" ADD CONSTRAINT "SnapshotAuthor_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE FUNCTION count_snapshot(snapshot uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "SnapshotPatient" ("snapshotId", "patientId", "split", "studies", "slices", "tumorSlices", "newestLabelAt")
  SELECT i."snapshotId", i."patientId", i."split", count(DISTINCT s."studyId"), count(*),
    count(*) FILTER (WHERE l."labelClass" = 'TUMOR'), max(l."createdAt")
  FROM "SnapshotItem" i JOIN "Slice" s ON s."id" = i."sliceId" JOIN "Label" l ON l."id" = i."labelId"
  WHERE i."snapshotId" = snapshot
  GROUP BY i."snapshotId", i."patientId", i."split";
  INSERT INTO "SnapshotAuthor" ("snapshotId", "source", "authorId", "learned", "tested")
  SELECT i."snapshotId", l."source", l."authorId",
    count(*) FILTER (WHERE i."split" <> 'TEST'), count(*) FILTER (WHERE i."split" = 'TEST')
  FROM "SnapshotItem" i JOIN "Label" l ON l."id" = i."labelId"
  WHERE i."snapshotId" = snapshot
  GROUP BY i."snapshotId", l."source", l."authorId";
$$;
SELECT count_snapshot("id") FROM "Snapshot";

-- ── A comparison names its partner ─────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "Evaluation" ADD COLUMN "partnerId" UUID;
ALTER TABLE "Evaluation" DISABLE TRIGGER "Evaluation_append_only";
UPDATE "Evaluation" own SET "partnerId" = (
  SELECT other."id" FROM "Evaluation" other
  WHERE other."modelId" = own."comparedWithId" AND other."snapshotId" = own."snapshotId"
    AND other."patients" = own."patients" AND other."slices" = own."slices"
  ORDER BY other."comparedWithId" IS NULL DESC, other."createdAt" LIMIT 1
) WHERE own."comparedWithId" IS NOT NULL;
ALTER TABLE "Evaluation" ENABLE TRIGGER "Evaluation_append_only";
CREATE INDEX "Evaluation_partnerId_idx" ON "Evaluation"("partnerId");
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Evaluation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- A difference is between two evaluations.
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_partner_has_differences" CHECK ("partnerId" IS NULL OR "differences" IS NOT NULL);

-- ── Audit events are chained in batches ────────────────────────────────────────────────────────────────────────────

ALTER TABLE "AuditEvent" ALTER COLUMN "previousHash" DROP NOT NULL;
CREATE TABLE "AuditSeal" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "events" INTEGER NOT NULL,
    "lastEventId" BIGINT NOT NULL,
    "root" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditSeal_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "AuditSealedEvent" (
    "eventId" BIGINT NOT NULL,
    "sealId" BIGINT NOT NULL,

    CONSTRAINT "AuditSealedEvent_pkey" PRIMARY KEY ("eventId")
);
CREATE INDEX "AuditSeal_at_idx" ON "AuditSeal"("at");
CREATE INDEX "AuditSealedEvent_sealId_idx" ON "AuditSealedEvent"("sealId");
ALTER TABLE "AuditSealedEvent" ADD CONSTRAINT "AuditSealedEvent_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "AuditEvent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "AuditSealedEvent" ADD CONSTRAINT "AuditSealedEvent_sealId_fkey" FOREIGN KEY ("sealId") REFERENCES "AuditSeal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── Parent and child jobs ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "Job" RENAME COLUMN "wholeId" TO "parentId";
ALTER TABLE "Job" RENAME CONSTRAINT "Job_wholeId_fkey" TO "Job_parentId_fkey";
ALTER INDEX "Job_wholeId_idx" RENAME TO "Job_parentId_idx";

-- ── Append-only also means: no TRUNCATE ────────────────────────────────────────────────────────────────────────────

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['AuditSeal', 'AuditSealedEvent', 'ModelPatient', 'BaseSeenPatient', 'SnapshotContext', 'SnapshotPatient', 'SnapshotAuthor', 'EvaluationPatient'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_append_only', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY[
    'Label', 'Snapshot', 'SnapshotItem', 'SnapshotContext', 'SnapshotPatient', 'SnapshotAuthor', 'Evaluation', 'EvaluationPatient', 'Model', 'ModelPatient',
    'ModelDecision', 'Base', 'BaseSeenPatient', 'RunLogLine', 'AuditSeal', 'AuditSealedEvent'
  ] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
  END LOOP;
END $$;
