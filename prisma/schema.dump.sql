CREATE TYPE "Cohort" AS ENUM ('REAL', 'PHANTOM');
CREATE TYPE "DecisionKind" AS ENUM ('PROMOTED', 'ROLLED_BACK', 'RETIRED', 'REJECTED');
CREATE TYPE "FlagReason" AS ENUM ('LOW_CONFIDENCE', 'MODEL_DISAGREES', 'NEIGHBOURS_DISAGREE');
CREATE TYPE "ImportState" AS ENUM ('UPLOADING', 'INSPECTING', 'READY', 'IMPORTING', 'DONE', 'FAILED', 'CANCELLED');
CREATE TYPE "JobStatus" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');
CREATE TYPE "LabelAct" AS ENUM ('KEPT', 'USED_MODEL', 'STATED', 'DRAWN', 'RESTORED', 'UNDONE');
CREATE TYPE "LabelClass" AS ENUM ('TUMOR', 'NO_TUMOR', 'CANNOT_TELL', 'WITHDRAWN');
CREATE TYPE "LabelReason" AS ENUM ('MISSED_LESION', 'NOT_TUMOR', 'BORDER', 'PARTIAL_VOLUME', 'ARTEFACT', 'MISSING_SEQUENCE', 'TREATMENT_CHANGE', 'OTHER_DISEASE', 'CUT_OFF', 'OTHER');
CREATE TYPE "LabelSource" AS ENUM ('IMPORTED', 'MODEL', 'HUMAN');
CREATE TYPE "MaskOrigin" AS ENUM ('IMPORT', 'PERSON', 'MODEL');
CREATE TYPE "ModelState" AS ENUM ('CANDIDATE', 'PRODUCTION', 'RETIRED', 'REJECTED');
CREATE TYPE "Precision" AS ENUM ('F32', 'INT8');
CREATE TYPE "Role" AS ENUM ('READER', 'REVIEWER', 'ADMIN');
CREATE TYPE "Split" AS ENUM ('TRAIN', 'VALIDATION', 'TEST');
CREATE TABLE "AuditEvent" (
  action text NOT NULL,
  "actorEmail" text NOT NULL,
  "actorId" uuid,
  address text,
  at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  detail jsonb NOT NULL,
  hash text NOT NULL,
  id bigint NOT NULL DEFAULT nextval('"AuditEvent_id_seq"'::regclass),
  "previousHash" text,
  "subjectId" text NOT NULL
);
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_pkey" PRIMARY KEY (id);
CREATE INDEX "AuditEvent_at_idx" ON public."AuditEvent" USING btree (at);
CREATE INDEX "AuditEvent_subjectId_idx" ON public."AuditEvent" USING btree ("subjectId");
CREATE TRIGGER "AuditEvent_append_only" BEFORE DELETE OR UPDATE ON public."AuditEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON public."AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "AuditSeal" (
  at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  events integer NOT NULL,
  hash text NOT NULL,
  id bigint NOT NULL DEFAULT nextval('"AuditSeal_id_seq"'::regclass),
  "lastEventId" bigint NOT NULL,
  "previousHash" text NOT NULL,
  root text NOT NULL
);
ALTER TABLE "AuditSeal" ADD CONSTRAINT "AuditSeal_pkey" PRIMARY KEY (id);
CREATE INDEX "AuditSeal_at_idx" ON public."AuditSeal" USING btree (at);
CREATE TRIGGER "AuditSeal_append_only" BEFORE DELETE OR UPDATE ON public."AuditSeal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditSeal_no_truncate" BEFORE TRUNCATE ON public."AuditSeal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "AuditSealedEvent" (
  "eventId" bigint NOT NULL,
  "sealId" bigint NOT NULL
);
ALTER TABLE "AuditSealedEvent" ADD CONSTRAINT "AuditSealedEvent_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "AuditEvent"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "AuditSealedEvent" ADD CONSTRAINT "AuditSealedEvent_pkey" PRIMARY KEY ("eventId");
ALTER TABLE "AuditSealedEvent" ADD CONSTRAINT "AuditSealedEvent_sealId_fkey" FOREIGN KEY ("sealId") REFERENCES "AuditSeal"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "AuditSealedEvent_sealId_idx" ON public."AuditSealedEvent" USING btree ("sealId");
CREATE TRIGGER "AuditSealedEvent_append_only" BEFORE DELETE OR UPDATE ON public."AuditSealedEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditSealedEvent_no_truncate" BEFORE TRUNCATE ON public."AuditSealedEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Base" (
  card jsonb NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  name text NOT NULL,
  outputs text[],
  "parentSha256" text,
  "precision" "Precision" NOT NULL DEFAULT 'F32'::"Precision",
  "runId" uuid,
  sha256 text NOT NULL
);
ALTER TABLE "Base" ADD CONSTRAINT "Base_gives_features" CHECK ((('features'::text = ANY (outputs)) AND (outputs <@ ARRAY['features'::text, 'mask'::text, 'gap'::text])));
ALTER TABLE "Base" ADD CONSTRAINT "Base_parentSha256_fkey" FOREIGN KEY ("parentSha256") REFERENCES "Base"(sha256) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Base" ADD CONSTRAINT "Base_pkey" PRIMARY KEY (sha256);
ALTER TABLE "Base" ADD CONSTRAINT "Base_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Base" ADD CONSTRAINT "Base_sha256" CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));
CREATE CONSTRAINT TRIGGER "Base_has_seen_its_parents_patients" AFTER INSERT OR UPDATE ON public."Base" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_base_that_forgets();
CREATE TRIGGER "Base_append_only" BEFORE DELETE OR UPDATE ON public."Base" FOR EACH ROW EXECUTE FUNCTION refuse_base_change();
CREATE TRIGGER "Base_has_card" BEFORE INSERT ON public."Base" FOR EACH ROW EXECUTE FUNCTION refuse_base_without_card();
CREATE TRIGGER "Base_no_truncate" BEFORE TRUNCATE ON public."Base" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "BaseSeenPatient" (
  "baseSha256" text NOT NULL,
  "hashedKey" text NOT NULL
);
ALTER TABLE "BaseSeenPatient" ADD CONSTRAINT "BaseSeenPatient_baseSha256_fkey" FOREIGN KEY ("baseSha256") REFERENCES "Base"(sha256) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "BaseSeenPatient" ADD CONSTRAINT "BaseSeenPatient_pkey" PRIMARY KEY ("baseSha256", "hashedKey");
CREATE TRIGGER "BaseSeenPatient_append_only" BEFORE DELETE OR UPDATE ON public."BaseSeenPatient" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "BaseSeenPatient_is_written_once" AFTER INSERT ON public."BaseSeenPatient" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_patients();
CREATE TRIGGER "BaseSeenPatient_no_truncate" BEFORE TRUNCATE ON public."BaseSeenPatient" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Draft" (
  "authorId" uuid NOT NULL,
  "baseLabelId" uuid,
  "basedOn" integer NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  done integer NOT NULL,
  id uuid NOT NULL,
  revision integer NOT NULL,
  "sliceId" uuid NOT NULL,
  strokes jsonb NOT NULL,
  "updatedAt" timestamp(3) with time zone NOT NULL
);
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_baseLabelId_fkey" FOREIGN KEY ("baseLabelId") REFERENCES "Label"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_counts" CHECK (((revision >= 1) AND (done >= 0) AND ("basedOn" >= 0)));
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_pkey" PRIMARY KEY (id);
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "Draft_authorId_updatedAt_idx" ON public."Draft" USING btree ("authorId", "updatedAt");
CREATE UNIQUE INDEX "Draft_sliceId_authorId_key" ON public."Draft" USING btree ("sliceId", "authorId");
CREATE TABLE "Evaluation" (
  "comparedWithId" uuid,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  differences jsonb,
  id uuid NOT NULL,
  metrics jsonb NOT NULL,
  "modelId" uuid NOT NULL,
  "partnerId" uuid,
  patients integer NOT NULL,
  slices integer NOT NULL,
  "snapshotId" uuid
);
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_comparedWithId_fkey" FOREIGN KEY ("comparedWithId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Evaluation"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_partner_has_differences" CHECK ((("partnerId" IS NULL) OR (differences IS NOT NULL)));
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_pkey" PRIMARY KEY (id);
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "Evaluation_partnerId_idx" ON public."Evaluation" USING btree ("partnerId");
CREATE UNIQUE INDEX "Evaluation_alone" ON public."Evaluation" USING btree ("modelId", "snapshotId") WHERE ("comparedWithId" IS NULL);
CREATE UNIQUE INDEX "Evaluation_modelId_snapshotId_comparedWithId_key" ON public."Evaluation" USING btree ("modelId", "snapshotId", "comparedWithId");
CREATE UNIQUE INDEX "Evaluation_one_shipped" ON public."Evaluation" USING btree ("modelId") WHERE ("snapshotId" IS NULL);
CREATE TRIGGER "Evaluation_append_only" BEFORE DELETE OR UPDATE ON public."Evaluation" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Evaluation_no_truncate" BEFORE TRUNCATE ON public."Evaluation" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "EvaluationPatient" (
  auc double precision,
  dice double precision,
  "evaluationId" uuid NOT NULL,
  fn integer NOT NULL,
  fp integer NOT NULL,
  "patientId" uuid NOT NULL,
  slices integer NOT NULL,
  tn integer NOT NULL,
  tp integer NOT NULL,
  "tumorSlices" integer NOT NULL
);
ALTER TABLE "EvaluationPatient" ADD CONSTRAINT "EvaluationPatient_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE "EvaluationPatient" ADD CONSTRAINT "EvaluationPatient_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "EvaluationPatient" ADD CONSTRAINT "EvaluationPatient_pkey" PRIMARY KEY ("evaluationId", "patientId");
CREATE TRIGGER "EvaluationPatient_append_only" BEFORE DELETE OR UPDATE ON public."EvaluationPatient" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "EvaluationPatient_no_truncate" BEFORE TRUNCATE ON public."EvaluationPatient" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Flag" (
  cohort "Cohort" NOT NULL,
  confidence double precision NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "modelId" uuid NOT NULL,
  reason "FlagReason" NOT NULL,
  "sliceId" uuid NOT NULL,
  "studyId" uuid NOT NULL
);
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_pkey" PRIMARY KEY ("modelId", "sliceId", reason);
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Flag" ADD CONSTRAINT "Flag_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "Flag_modelId_cohort_confidence_sliceId_idx" ON public."Flag" USING btree ("modelId", cohort, confidence, "sliceId");
CREATE INDEX "Flag_modelId_reason_cohort_confidence_sliceId_idx" ON public."Flag" USING btree ("modelId", reason, cohort, confidence, "sliceId");
CREATE INDEX "Flag_sliceId_idx" ON public."Flag" USING btree ("sliceId");
CREATE INDEX "Flag_studyId_modelId_idx" ON public."Flag" USING btree ("studyId", "modelId");
CREATE TABLE "Import" (
  cohort "Cohort" NOT NULL DEFAULT 'REAL'::"Cohort",
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  error jsonb,
  "finishedAt" timestamp(3) with time zone,
  id uuid NOT NULL,
  name text NOT NULL,
  path text NOT NULL,
  preview jsonb,
  "previewDigest" text,
  "receivedBytes" bigint NOT NULL DEFAULT 0,
  report jsonb,
  "requestedById" uuid,
  size bigint,
  state "ImportState" NOT NULL,
  uploaded boolean NOT NULL
);
ALTER TABLE "Import" ADD CONSTRAINT "Import_pkey" PRIMARY KEY (id);
ALTER TABLE "Import" ADD CONSTRAINT "Import_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "Import_createdAt_idx" ON public."Import" USING btree ("createdAt");
CREATE TABLE "ImportedFile" (
  file text NOT NULL,
  "hasMask" boolean NOT NULL DEFAULT false,
  "hasTumor" boolean NOT NULL DEFAULT false,
  "importId" uuid NOT NULL,
  "maskConflict" boolean NOT NULL DEFAULT false,
  outcome text NOT NULL,
  reason jsonb,
  "sliceId" uuid
);
ALTER TABLE "ImportedFile" ADD CONSTRAINT "ImportedFile_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE "ImportedFile" ADD CONSTRAINT "ImportedFile_pkey" PRIMARY KEY ("importId", file);
CREATE TABLE "Job" (
  attempts integer NOT NULL DEFAULT 0,
  "cancelRequestedAt" timestamp(3) with time zone,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deathProgress" integer NOT NULL DEFAULT 0,
  error jsonb,
  "finishedAt" timestamp(3) with time zone,
  id uuid NOT NULL,
  key text,
  kind text NOT NULL,
  message jsonb,
  "parentId" uuid,
  payload jsonb NOT NULL,
  "progressDone" integer NOT NULL DEFAULT 0,
  "progressTotal" integer NOT NULL DEFAULT 0,
  "requestedById" uuid,
  "seenAt" timestamp(3) with time zone,
  "seenById" uuid,
  "startedAt" timestamp(3) with time zone,
  status "JobStatus" NOT NULL DEFAULT 'WAITING'::"JobStatus",
  "workerDeaths" integer NOT NULL DEFAULT 0,
  "workerId" uuid
);
ALTER TABLE "Job" ADD CONSTRAINT "Job_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Job"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE "Job" ADD CONSTRAINT "Job_pkey" PRIMARY KEY (id);
ALTER TABLE "Job" ADD CONSTRAINT "Job_progress" CHECK ((("progressDone" >= 0) AND ("progressTotal" >= 0)));
ALTER TABLE "Job" ADD CONSTRAINT "Job_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Job" ADD CONSTRAINT "Job_seenById_fkey" FOREIGN KEY ("seenById") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Job" ADD CONSTRAINT "Job_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "WorkerProcess"(id) ON UPDATE CASCADE ON DELETE SET NULL;
CREATE INDEX "Job_createdAt_idx" ON public."Job" USING btree ("createdAt");
CREATE INDEX "Job_failed_unseen" ON public."Job" USING btree ("finishedAt") WHERE ((status = 'FAILED'::"JobStatus") AND ("seenAt" IS NULL) AND ("parentId" IS NULL));
CREATE INDEX "Job_key_createdAt_idx" ON public."Job" USING btree (key, "createdAt");
CREATE INDEX "Job_parentId_idx" ON public."Job" USING btree ("parentId");
CREATE INDEX "Job_status_kind_idx" ON public."Job" USING btree (status, kind);
CREATE UNIQUE INDEX "Job_one_active_a_key" ON public."Job" USING btree (key) WHERE (status = ANY (ARRAY['WAITING'::"JobStatus", 'RUNNING'::"JobStatus"]));
CREATE TABLE "Label" (
  act "LabelAct",
  "areaPixels" integer,
  "authorId" uuid,
  "batchId" uuid,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  id uuid NOT NULL,
  "labelClass" "LabelClass" NOT NULL,
  "maskModelId" uuid,
  "maskOrigin" "MaskOrigin",
  "maskSha256" text,
  "modelId" uuid,
  note text,
  "readingMs" integer,
  reason "LabelReason",
  "restoredVersion" integer,
  "saveId" uuid,
  "seenModelId" uuid,
  "seenPTumor" double precision,
  "sliceId" uuid NOT NULL,
  source "LabelSource" NOT NULL,
  "undoneById" uuid,
  version integer NOT NULL
);
ALTER TABLE "Label" ADD CONSTRAINT "Label_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Label" ADD CONSTRAINT "Label_class_fits_mask" CHECK ((("labelClass" <> 'NO_TUMOR'::"LabelClass") OR (COALESCE("areaPixels", 0) = 0)));
ALTER TABLE "Label" ADD CONSTRAINT "Label_human_has_author" CHECK (((source = 'IMPORTED'::"LabelSource") OR ("authorId" IS NOT NULL)));
ALTER TABLE "Label" ADD CONSTRAINT "Label_maskModelId_fkey" FOREIGN KEY ("maskModelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Label" ADD CONSTRAINT "Label_mask_has_area" CHECK ((("maskSha256" IS NULL) = ("areaPixels" IS NULL)));
ALTER TABLE "Label" ADD CONSTRAINT "Label_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Label" ADD CONSTRAINT "Label_origin_has_mask" CHECK ((("maskOrigin" IS NULL) OR ("maskSha256" IS NOT NULL)));
ALTER TABLE "Label" ADD CONSTRAINT "Label_origin_names_model" CHECK (((NOT ("maskOrigin" IS DISTINCT FROM 'MODEL'::"MaskOrigin")) = ("maskModelId" IS NOT NULL)));
ALTER TABLE "Label" ADD CONSTRAINT "Label_pkey" PRIMARY KEY (id);
ALTER TABLE "Label" ADD CONSTRAINT "Label_seenModelId_fkey" FOREIGN KEY ("seenModelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Label" ADD CONSTRAINT "Label_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Label" ADD CONSTRAINT "Label_undoneById_fkey" FOREIGN KEY ("undoneById") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Label" ADD CONSTRAINT "Label_version_begins_at_1" CHECK ((version >= 1));
ALTER TABLE "Label" ADD CONSTRAINT "Label_withdrawn_has_no_mask" CHECK (((("labelClass")::text <> 'WITHDRAWN'::text) OR ("maskSha256" IS NULL)));
CREATE INDEX "Label_authorId_createdAt_idx" ON public."Label" USING btree ("authorId", "createdAt");
CREATE INDEX "Label_batchId_idx" ON public."Label" USING btree ("batchId");
CREATE INDEX "Label_corrections" ON public."Label" USING btree ("createdAt") WHERE (source <> 'IMPORTED'::"LabelSource");
CREATE INDEX "Label_createdAt_idx" ON public."Label" USING btree ("createdAt");
CREATE INDEX "Label_measured_reading" ON public."Label" USING btree ("authorId", "createdAt" DESC) WHERE ("readingMs" IS NOT NULL);
CREATE INDEX "Label_modelId_idx" ON public."Label" USING btree ("modelId");
CREATE UNIQUE INDEX "Label_saveId_key" ON public."Label" USING btree ("saveId");
CREATE UNIQUE INDEX "Label_sliceId_version_key" ON public."Label" USING btree ("sliceId", version);
CREATE TRIGGER "Label_append_only" BEFORE DELETE OR UPDATE ON public."Label" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Label_becomes_current" AFTER INSERT ON public."Label" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_current_label();
CREATE TRIGGER "Label_no_truncate" BEFORE TRUNCATE ON public."Label" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Model" (
  "artifactSha256" text NOT NULL,
  "baseSha256" text NOT NULL,
  card jsonb NOT NULL,
  cohort "Cohort" NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  id uuid NOT NULL,
  number integer NOT NULL,
  "parentId" uuid,
  "promotedAt" timestamp(3) with time zone,
  "runId" uuid,
  state "ModelState" NOT NULL,
  temperature double precision NOT NULL,
  threshold double precision NOT NULL
);
ALTER TABLE "Model" ADD CONSTRAINT "Model_baseSha256_fkey" FOREIGN KEY ("baseSha256") REFERENCES "Base"(sha256) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Model" ADD CONSTRAINT "Model_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Model" ADD CONSTRAINT "Model_pkey" PRIMARY KEY (id);
ALTER TABLE "Model" ADD CONSTRAINT "Model_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Model" ADD CONSTRAINT "Model_threshold" CHECK ((((threshold >= (0)::double precision) AND (threshold <= (1)::double precision)) AND (temperature > (0)::double precision)));
CREATE UNIQUE INDEX "Model_artifactSha256_key" ON public."Model" USING btree ("artifactSha256");
CREATE UNIQUE INDEX "Model_number_key" ON public."Model" USING btree (number);
CREATE UNIQUE INDEX "Model_one_production" ON public."Model" USING btree ((true)) WHERE (state = 'PRODUCTION'::"ModelState");
CREATE UNIQUE INDEX "Model_runId_key" ON public."Model" USING btree ("runId");
CREATE TRIGGER "Model_immutable" BEFORE DELETE OR UPDATE ON public."Model" FOR EACH ROW EXECUTE FUNCTION refuse_model_change();
CREATE TRIGGER "Model_no_truncate" BEFORE TRUNCATE ON public."Model" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "ModelDecision" (
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "decidedById" uuid,
  id uuid NOT NULL,
  kind "DecisionKind" NOT NULL,
  "modelId" uuid NOT NULL,
  "onlyAdmin" boolean NOT NULL DEFAULT false,
  "previousModelId" uuid,
  reason text,
  verdict jsonb
);
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_pkey" PRIMARY KEY (id);
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_previousModelId_fkey" FOREIGN KEY ("previousModelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_reason" CHECK (((kind <> ALL (ARRAY['ROLLED_BACK'::"DecisionKind", 'REJECTED'::"DecisionKind"])) OR (reason IS NOT NULL)));
ALTER TABLE "ModelDecision" ADD CONSTRAINT "ModelDecision_takes_another_place" CHECK (("previousModelId" IS DISTINCT FROM "modelId"));
CREATE INDEX "ModelDecision_createdAt_idx" ON public."ModelDecision" USING btree ("createdAt");
CREATE INDEX "ModelDecision_modelId_idx" ON public."ModelDecision" USING btree ("modelId");
CREATE TRIGGER "ModelDecision_append_only" BEFORE DELETE OR UPDATE ON public."ModelDecision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ModelDecision_no_truncate" BEFORE TRUNCATE ON public."ModelDecision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "ModelPatient" (
  "hashedKey" text NOT NULL,
  "modelId" uuid NOT NULL,
  split "Split"
);
ALTER TABLE "ModelPatient" ADD CONSTRAINT "ModelPatient_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "ModelPatient" ADD CONSTRAINT "ModelPatient_pkey" PRIMARY KEY ("modelId", "hashedKey");
CREATE TRIGGER "ModelPatient_append_only" BEFORE DELETE OR UPDATE ON public."ModelPatient" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ModelPatient_is_written_once" AFTER INSERT ON public."ModelPatient" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_patients();
CREATE TRIGGER "ModelPatient_no_truncate" BEFORE TRUNCATE ON public."ModelPatient" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Patient" (
  clinical jsonb,
  cohort "Cohort" NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "hashedKey" text NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  site text NOT NULL DEFAULT ''::text,
  split "Split"
);
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_pkey" PRIMARY KEY (id);
CREATE UNIQUE INDEX "Patient_hashedKey_key" ON public."Patient" USING btree ("hashedKey");
CREATE UNIQUE INDEX "Patient_key_key" ON public."Patient" USING btree (key);
CREATE TRIGGER "Patient_split_is_final" BEFORE UPDATE ON public."Patient" FOR EACH ROW EXECUTE FUNCTION refuse_split_change();
CREATE TABLE "Prediction" (
  "areaPixels" integer,
  confidence double precision NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "headSpread" double precision,
  id uuid NOT NULL,
  "maskSha256" text,
  "modelId" uuid NOT NULL,
  "pTumor" double precision NOT NULL,
  "pTumorAlone" double precision,
  "predictedClass" "LabelClass" NOT NULL,
  "sliceId" uuid NOT NULL
);
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_mask_has_area" CHECK ((("maskSha256" IS NULL) OR ("areaPixels" > 0)));
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_pkey" PRIMARY KEY (id);
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_probabilities" CHECK (((("pTumor" >= (0)::double precision) AND ("pTumor" <= (1)::double precision)) AND ((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))));
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "Prediction_modelId_confidence_idx" ON public."Prediction" USING btree ("modelId", confidence);
CREATE UNIQUE INDEX "Prediction_sliceId_modelId_key" ON public."Prediction" USING btree ("sliceId", "modelId");
CREATE TABLE "PredictionFailure" (
  at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  attempts integer NOT NULL DEFAULT 1,
  "modelId" uuid NOT NULL,
  reason jsonb NOT NULL,
  "sliceId" uuid NOT NULL
);
ALTER TABLE "PredictionFailure" ADD CONSTRAINT "PredictionFailure_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "PredictionFailure" ADD CONSTRAINT "PredictionFailure_pkey" PRIMARY KEY ("modelId", "sliceId");
ALTER TABLE "PredictionFailure" ADD CONSTRAINT "PredictionFailure_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "PredictionFailure_sliceId_idx" ON public."PredictionFailure" USING btree ("sliceId");
CREATE TABLE "ProtocolVersion" (
  "authorId" uuid,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  text text NOT NULL,
  version integer NOT NULL
);
ALTER TABLE "ProtocolVersion" ADD CONSTRAINT "ProtocolVersion_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "ProtocolVersion" ADD CONSTRAINT "ProtocolVersion_counts_from_one" CHECK ((version >= 1));
ALTER TABLE "ProtocolVersion" ADD CONSTRAINT "ProtocolVersion_length" CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)));
ALTER TABLE "ProtocolVersion" ADD CONSTRAINT "ProtocolVersion_pkey" PRIMARY KEY (version);
CREATE TRIGGER "ProtocolVersion_append_only" BEFORE DELETE OR UPDATE ON public."ProtocolVersion" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ProtocolVersion_no_truncate" BEFORE TRUNCATE ON public."ProtocolVersion" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "RateLimit" (
  count integer NOT NULL,
  key text NOT NULL,
  "resetsAt" timestamp(3) with time zone NOT NULL
);
ALTER TABLE "RateLimit" ADD CONSTRAINT "RateLimit_pkey" PRIMARY KEY (key);
CREATE INDEX "RateLimit_resetsAt_idx" ON public."RateLimit" USING btree ("resetsAt");
CREATE TABLE "RunLogLine" (
  at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  id bigint NOT NULL DEFAULT nextval('"RunLogLine_id_seq"'::regclass),
  "runId" uuid NOT NULL,
  text text NOT NULL,
  worker text
);
ALTER TABLE "RunLogLine" ADD CONSTRAINT "RunLogLine_pkey" PRIMARY KEY (id);
ALTER TABLE "RunLogLine" ADD CONSTRAINT "RunLogLine_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "RunLogLine_runId_id_idx" ON public."RunLogLine" USING btree ("runId", id);
CREATE TRIGGER "RunLogLine_append_only" BEFORE DELETE OR UPDATE ON public."RunLogLine" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "RunLogLine_no_truncate" BEFORE TRUNCATE ON public."RunLogLine" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Settings" (
  "blindTestPatients" boolean NOT NULL DEFAULT true,
  id integer NOT NULL DEFAULT 1
);
ALTER TABLE "Settings" ADD CONSTRAINT "Settings_one_row" CHECK ((id = 1));
ALTER TABLE "Settings" ADD CONSTRAINT "Settings_pkey" PRIMARY KEY (id);
CREATE TABLE "Slice" (
  "columnSpacingMm" double precision,
  columns integer NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "currentLabelId" uuid,
  "fileName" text NOT NULL,
  "fileSha256" text NOT NULL,
  id uuid NOT NULL,
  "labelVersion" integer NOT NULL DEFAULT 0,
  orientation double precision[],
  "pixelHash" text NOT NULL,
  "position" integer NOT NULL,
  "rowSpacingMm" double precision,
  rows integer NOT NULL,
  "studyId" uuid NOT NULL
);
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_currentLabelId_fkey" FOREIGN KEY ("currentLabelId") REFERENCES "Label"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_orientation" CHECK ((COALESCE(cardinality(orientation), 0) = ANY (ARRAY[0, 6])));
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_pkey" PRIMARY KEY (id);
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_size" CHECK (((rows > 0) AND (columns > 0)));
ALTER TABLE "Slice" ADD CONSTRAINT "Slice_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "Slice_pixelHash_idx" ON public."Slice" USING btree ("pixelHash");
CREATE UNIQUE INDEX "Slice_studyId_position_key" ON public."Slice" USING btree ("studyId", "position");
CREATE TRIGGER "Slice_is_counted" AFTER INSERT ON public."Slice" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_new_slices();
CREATE TABLE "Snapshot" (
  cohort "Cohort" NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  hash text NOT NULL,
  id uuid NOT NULL
);
ALTER TABLE "Snapshot" ADD CONSTRAINT "Snapshot_pkey" PRIMARY KEY (id);
CREATE TRIGGER "Snapshot_append_only" BEFORE DELETE OR UPDATE ON public."Snapshot" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Snapshot_no_truncate" BEFORE TRUNCATE ON public."Snapshot" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "SnapshotAuthor" (
  "authorId" uuid,
  id bigint NOT NULL DEFAULT nextval('"SnapshotAuthor_id_seq"'::regclass),
  learned integer NOT NULL,
  "snapshotId" uuid NOT NULL,
  source "LabelSource" NOT NULL,
  tested integer NOT NULL
);
ALTER TABLE "SnapshotAuthor" ADD CONSTRAINT "SnapshotAuthor_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "SnapshotAuthor" ADD CONSTRAINT "SnapshotAuthor_pkey" PRIMARY KEY (id);
ALTER TABLE "SnapshotAuthor" ADD CONSTRAINT "SnapshotAuthor_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "SnapshotAuthor_authorId_idx" ON public."SnapshotAuthor" USING btree ("authorId");
CREATE INDEX "SnapshotAuthor_snapshotId_idx" ON public."SnapshotAuthor" USING btree ("snapshotId");
CREATE TRIGGER "SnapshotAuthor_append_only" BEFORE DELETE OR UPDATE ON public."SnapshotAuthor" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SnapshotAuthor_no_truncate" BEFORE TRUNCATE ON public."SnapshotAuthor" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "SnapshotContext" (
  index integer NOT NULL,
  "sliceId" uuid NOT NULL,
  "snapshotId" uuid NOT NULL
);
ALTER TABLE "SnapshotContext" ADD CONSTRAINT "SnapshotContext_pkey" PRIMARY KEY ("snapshotId", index);
ALTER TABLE "SnapshotContext" ADD CONSTRAINT "SnapshotContext_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "SnapshotContext" ADD CONSTRAINT "SnapshotContext_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "SnapshotContext_sliceId_idx" ON public."SnapshotContext" USING btree ("sliceId");
CREATE TRIGGER "SnapshotContext_append_only" BEFORE DELETE OR UPDATE ON public."SnapshotContext" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SnapshotContext_no_truncate" BEFORE TRUNCATE ON public."SnapshotContext" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "SnapshotItem" (
  index integer NOT NULL,
  "labelId" uuid NOT NULL,
  "patientId" uuid NOT NULL,
  "sliceId" uuid NOT NULL,
  "snapshotId" uuid NOT NULL,
  split "Split" NOT NULL
);
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_labelId_fkey" FOREIGN KEY ("labelId") REFERENCES "Label"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_pkey" PRIMARY KEY ("snapshotId", "sliceId");
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_sliceId_fkey" FOREIGN KEY ("sliceId") REFERENCES "Slice"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "SnapshotItem" ADD CONSTRAINT "SnapshotItem_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "SnapshotItem_labelId_idx" ON public."SnapshotItem" USING btree ("labelId");
CREATE INDEX "SnapshotItem_snapshotId_patientId_idx" ON public."SnapshotItem" USING btree ("snapshotId", "patientId");
CREATE UNIQUE INDEX "SnapshotItem_snapshotId_index_key" ON public."SnapshotItem" USING btree ("snapshotId", index);
CREATE TRIGGER "SnapshotItem_append_only" BEFORE DELETE OR UPDATE ON public."SnapshotItem" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SnapshotItem_no_truncate" BEFORE TRUNCATE ON public."SnapshotItem" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "SnapshotPatient" (
  "newestLabelAt" timestamp(3) with time zone NOT NULL,
  "patientId" uuid NOT NULL,
  slices integer NOT NULL,
  "snapshotId" uuid NOT NULL,
  split "Split" NOT NULL,
  studies integer NOT NULL,
  "tumorSlices" integer NOT NULL
);
ALTER TABLE "SnapshotPatient" ADD CONSTRAINT "SnapshotPatient_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "SnapshotPatient" ADD CONSTRAINT "SnapshotPatient_pkey" PRIMARY KEY ("snapshotId", "patientId");
ALTER TABLE "SnapshotPatient" ADD CONSTRAINT "SnapshotPatient_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "SnapshotPatient_patientId_idx" ON public."SnapshotPatient" USING btree ("patientId");
CREATE TRIGGER "SnapshotPatient_append_only" BEFORE DELETE OR UPDATE ON public."SnapshotPatient" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SnapshotPatient_no_truncate" BEFORE TRUNCATE ON public."SnapshotPatient" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE "Study" (
  cohort "Cohort" NOT NULL DEFAULT 'REAL'::"Cohort",
  "correctedSlices" integer NOT NULL DEFAULT 0,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  id uuid NOT NULL,
  "importId" uuid,
  key text NOT NULL,
  "labelledSlices" integer NOT NULL DEFAULT 0,
  "patientId" uuid NOT NULL,
  "patientKey" text NOT NULL DEFAULT ''::text,
  "sliceCount" integer NOT NULL DEFAULT 0,
  "statedBits" bit varying NOT NULL DEFAULT ''::bit varying,
  "studyDate" date,
  "tumorBits" bit varying NOT NULL DEFAULT ''::bit varying,
  "tumorSlices" integer NOT NULL DEFAULT 0,
  "windowHigh" double precision[],
  "windowLow" double precision[]
);
ALTER TABLE "Study" ADD CONSTRAINT "Study_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE "Study" ADD CONSTRAINT "Study_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "Study" ADD CONSTRAINT "Study_pkey" PRIMARY KEY (id);
CREATE INDEX "Study_createdAt_id_idx" ON public."Study" USING btree ("createdAt", id);
CREATE INDEX "Study_patientKey_key_idx" ON public."Study" USING btree ("patientKey", key);
CREATE UNIQUE INDEX "Study_patientId_key_key" ON public."Study" USING btree ("patientId", key);
CREATE TRIGGER "Study_names_patient" BEFORE INSERT OR UPDATE OF "patientId", "patientKey", cohort ON public."Study" FOR EACH ROW EXECUTE FUNCTION name_patient();
CREATE TABLE "StudyPrediction" (
  cohort "Cohort" NOT NULL,
  "flaggedSlices" integer NOT NULL,
  "lowestConfidence" double precision,
  "modelId" uuid NOT NULL,
  "predictedSlices" integer NOT NULL,
  "studyId" uuid NOT NULL,
  "tumorBits" bit varying NOT NULL,
  "tumorSlices" integer NOT NULL
);
ALTER TABLE "StudyPrediction" ADD CONSTRAINT "StudyPrediction_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "StudyPrediction" ADD CONSTRAINT "StudyPrediction_pkey" PRIMARY KEY ("modelId", "studyId");
ALTER TABLE "StudyPrediction" ADD CONSTRAINT "StudyPrediction_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "StudyPrediction_modelId_cohort_lowestConfidence_studyId_idx" ON public."StudyPrediction" USING btree ("modelId", cohort, "lowestConfidence", "studyId");
CREATE INDEX "StudyPrediction_studyId_idx" ON public."StudyPrediction" USING btree ("studyId");
CREATE TABLE "TrainingEpoch" (
  "durationMs" integer NOT NULL,
  epoch integer NOT NULL,
  head integer NOT NULL DEFAULT 0,
  "runId" uuid NOT NULL,
  "trainLoss" double precision NOT NULL,
  "validationAuc" double precision,
  "validationLoss" double precision NOT NULL
);
ALTER TABLE "TrainingEpoch" ADD CONSTRAINT "TrainingEpoch_pkey" PRIMARY KEY ("runId", head, epoch);
ALTER TABLE "TrainingEpoch" ADD CONSTRAINT "TrainingEpoch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"(id) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE TABLE "TrainingRun" (
  "backboneRuns" integer NOT NULL DEFAULT 0,
  backend jsonb,
  cohort "Cohort" NOT NULL,
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finishedAt" timestamp(3) with time zone,
  id uuid NOT NULL,
  "jobId" uuid,
  notes jsonb[],
  number integer NOT NULL DEFAULT nextval('"TrainingRun_number_seq"'::regclass),
  parameters jsonb NOT NULL,
  phase text,
  "phaseBeganAt" jsonb,
  reason text,
  "requestedById" uuid,
  "secondsByPhase" jsonb,
  seed integer NOT NULL,
  "snapshotId" uuid
);
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_pkey" PRIMARY KEY (id);
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "Snapshot"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
CREATE INDEX "TrainingRun_createdAt_idx" ON public."TrainingRun" USING btree ("createdAt");
CREATE INDEX "TrainingRun_snapshotId_idx" ON public."TrainingRun" USING btree ("snapshotId");
CREATE UNIQUE INDEX "TrainingRun_jobId_key" ON public."TrainingRun" USING btree ("jobId");
CREATE UNIQUE INDEX "TrainingRun_number_key" ON public."TrainingRun" USING btree (number);
CREATE TABLE "TrainingStep" (
  "backboneRuns" integer NOT NULL DEFAULT 0,
  "beganAt" timestamp(3) with time zone,
  "finishedAt" timestamp(3) with time zone,
  index integer NOT NULL,
  input jsonb,
  "jobId" uuid NOT NULL,
  kind text NOT NULL,
  result jsonb,
  "runId" uuid NOT NULL,
  seconds double precision NOT NULL DEFAULT 0,
  worker text
);
ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_counts" CHECK (((index >= 0) AND (seconds >= (0)::double precision) AND ("backboneRuns" >= 0)));
ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_pkey" PRIMARY KEY ("runId", kind, index);
ALTER TABLE "TrainingStep" ADD CONSTRAINT "TrainingStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"(id) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE UNIQUE INDEX "TrainingStep_jobId_key" ON public."TrainingStep" USING btree ("jobId");
CREATE TABLE "User" (
  "createdAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deactivatedAt" timestamp(3) with time zone,
  email text NOT NULL,
  id uuid NOT NULL,
  "mustChangePassword" boolean NOT NULL DEFAULT false,
  name text NOT NULL,
  "passwordHash" text NOT NULL,
  role "Role" NOT NULL,
  "sessionEpoch" integer NOT NULL DEFAULT 0
);
ALTER TABLE "User" ADD CONSTRAINT "User_pkey" PRIMARY KEY (id);
CREATE UNIQUE INDEX "User_email_key" ON public."User" USING btree (email);
CREATE TABLE "WorkerProcess" (
  capabilities jsonb NOT NULL,
  "heartbeatAt" timestamp(3) with time zone NOT NULL,
  host text NOT NULL,
  id uuid NOT NULL,
  pid integer NOT NULL,
  "queueIds" text[],
  "startedAt" timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP
);
ALTER TABLE "WorkerProcess" ADD CONSTRAINT "WorkerProcess_pkey" PRIMARY KEY (id);
CREATE INDEX "WorkerProcess_heartbeatAt_idx" ON public."WorkerProcess" USING btree ("heartbeatAt");
CREATE OR REPLACE FUNCTION public.count_new_slices()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM refresh_study_labels(ARRAY(SELECT DISTINCT "studyId" FROM added));
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.count_snapshot(snapshot uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION public.keep_current_label()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$
;
CREATE OR REPLACE FUNCTION public.name_patient()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT "key", "cohort" INTO NEW."patientKey", NEW."cohort" FROM "Patient" WHERE "id" = NEW."patientId";
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.refresh_study_labels(study_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_base_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."card" = '{}' AND NEW."card" <> '{}'
    AND (NEW."sha256", NEW."parentSha256", NEW."runId", NEW."createdAt")
      IS NOT DISTINCT FROM (OLD."sha256", OLD."parentSha256", OLD."runId", OLD."createdAt")
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Base is append-only' USING ERRCODE = 'restrict_violation';
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_base_that_forgets()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (
    SELECT "hashedKey" FROM "BaseSeenPatient" WHERE "baseSha256" = NEW."parentSha256"
    EXCEPT SELECT "hashedKey" FROM "BaseSeenPatient" WHERE "baseSha256" = NEW."sha256"
  ) THEN RAISE EXCEPTION 'A base has seen every patient that its parent has seen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_base_without_card()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW."card" = '{}' THEN RAISE EXCEPTION 'A base needs a card' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('sulcus.removing_phantoms', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_late_patients()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE late boolean;
BEGIN
  IF TG_TABLE_NAME = 'ModelPatient' THEN
    SELECT EXISTS (SELECT FROM added a JOIN "Model" m ON m."id" = a."modelId" WHERE m.xmin <> pg_current_xact_id()::xid) INTO late;
  ELSE
    SELECT EXISTS (SELECT FROM added a JOIN "Base" b ON b."sha256" = a."baseSha256" WHERE b.xmin <> pg_current_xact_id()::xid) INTO late;
  END IF;
  IF late THEN RAISE EXCEPTION '% is written with its model or base, and never later', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_model_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' AND
     (NEW."artifactSha256", NEW."baseSha256", NEW."number", NEW."cohort", NEW."threshold", NEW."temperature", NEW."parentId", NEW."runId", NEW."card"::text)
     IS NOT DISTINCT FROM
     (OLD."artifactSha256", OLD."baseSha256", OLD."number", OLD."cohort", OLD."threshold", OLD."temperature", OLD."parentId", OLD."runId", OLD."card"::text)
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A model never changes; only its state does' USING ERRCODE = 'restrict_violation';
END $function$
;
CREATE OR REPLACE FUNCTION public.refuse_split_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF (OLD."split" IS NOT NULL AND NEW."split" IS DISTINCT FROM OLD."split")
    OR (NEW."cohort", NEW."key", NEW."hashedKey") IS DISTINCT FROM (OLD."cohort", OLD."key", OLD."hashedKey")
  THEN RAISE EXCEPTION 'A patient never changes its key, nor moves to another split or cohort' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.remove_phantoms()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
END $function$
;
