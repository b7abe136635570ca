import type { Client } from "pg";

/** Slices of a study, and studies of a patient: as in a set of head MRI with one examination a patient. */
export const slicesAStudy = 30;

/** Ids of the made-up records that a bench needs by name. */
export const ids = {
  production: "00000000-0000-7000-8000-0000000000a1",
  candidate: "00000000-0000-7000-8000-0000000000a2",
  admin: "00000000-0000-7000-8000-0000000000b1",
  reader: "00000000-0000-7000-8000-0000000000b2",
} as const;

/**
 * Fills an empty, migrated database with `slices` made-up slices of real patients: nine in ten with an imported label,
 * one in fifty with a person's on top, predictions of a model in production and of a candidate that differs on one in a
 * hundred, their flags, and 100,000 audit events. Everything follows from the numbers of the rows, so two databases of
 * one size are alike. There are no pixels: what is measured here reads none.
 *
 * Foreign keys and triggers are off meanwhile; what they would have kept is computed at the end by the same functions.
 */
export async function seedDatabase(
  client: Client,
  slices: number,
  say: (text: string) => void,
): Promise<void> {
  const studies = Math.ceil(slices / slicesAStudy);
  const steps: [name: string, statement: string][] = [
    ["people", people],
    ["patients", patients(studies)],
    ["studies", study(studies)],
    ["slices", slice(slices)],
    ["labels", importedLabels],
    ["corrections", corrections],
    ["current labels", currentLabels],
    ["counts", `SELECT refresh_study_labels(ARRAY(SELECT "id" FROM "Study"))`],
    ["models", models],
    ["predictions", predictions(ids.production, "a")],
    ["predictions of the candidate", predictions(ids.candidate, "b")],
    ["flags", flags],
    ["study predictions", studyPredictions],
    ["audit events", auditEvents],
  ];
  await client.query(`SET session_replication_role = replica`);
  await client.query(functions);
  for (const [name, statement] of steps) {
    const startedAt = performance.now();
    await client.query(statement);
    say(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  }
  await client.query(`SET session_replication_role = DEFAULT`);
  await client.query("VACUUM ANALYZE");
}

/** Ids are ordered by number, as those of real records are by time; chances are drawn from a hash of the number. */
const functions = `
  CREATE FUNCTION pg_temp.id_of(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(n), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 4, 15))::uuid
  $$;
  CREATE FUNCTION pg_temp.chance(kind text, n bigint) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || substr(md5(kind || n), 1, 6))::bit(24)::int / 16777216.0
  $$;`;

const people = `
  INSERT INTO "User" ("id", "email", "name", "role", "passwordHash") VALUES
    ('${ids.admin}', 'admin@scale.example', 'An admin', 'ADMIN', '-'),
    ('${ids.reader}', 'reader@scale.example', 'A reader', 'READER', '-')`;

const patients = (count: number) => `
  INSERT INTO "Patient" ("id", "key", "hashedKey", "site", "cohort", "split")
  SELECT pg_temp.id_of('patient', n), 'SITE_' || lpad((n % 40)::text, 2, '0') || '_' || lpad(n::text, 7, '0'),
    encode(sha256(convert_to('patient' || n, 'UTF8')), 'hex'), lpad((n % 40)::text, 2, '0'), 'REAL',
    CASE WHEN pg_temp.chance('kept for testing', n) < 0.15 THEN 'TEST' END::"Split"
  FROM generate_series(1, ${count}) n`;

const study = (count: number) => `
  INSERT INTO "Study" ("id", "patientId", "patientKey", "cohort", "key", "windowLow", "windowHigh", "createdAt")
  SELECT pg_temp.id_of('study', n), pg_temp.id_of('patient', n),
    'SITE_' || lpad((n % 40)::text, 2, '0') || '_' || lpad(n::text, 7, '0'), 'REAL',
    'SITE_' || lpad((n % 40)::text, 2, '0') || '_' || lpad(n::text, 7, '0') || '_20200101', '{0,0,0}', '{255,255,255}',
    timestamptz '2026-01-01' + n * interval '1 minute'
  FROM generate_series(1, ${count}) n`;

const slice = (count: number) => `
  INSERT INTO "Slice" ("id", "studyId", "position", "rows", "columns", "fileSha256", "pixelHash", "fileName")
  SELECT pg_temp.id_of('slice', n), pg_temp.id_of('study', (n - 1) / ${slicesAStudy} + 1), (n - 1) % ${slicesAStudy} + 1, 256, 256,
    md5('file' || n) || md5('elif' || n), md5('pixel' || n) || md5('lexip' || n), 'slice_' || n || '.tif'
  FROM generate_series(1, ${count}) n`;

/** Positions 10 to 19 hold tumor; the last three of a study have no label. */
const importedLabels = `
  INSERT INTO "Label" ("id", "sliceId", "version", "labelClass", "source", "createdAt")
  SELECT pg_temp.id_of('label', s.n), s."id", 1,
    CASE WHEN s."position" BETWEEN 10 AND 19 THEN 'TUMOR' ELSE 'NO_TUMOR' END::"LabelClass", 'IMPORTED', timestamptz '2026-02-01'
  FROM (SELECT row_number() OVER (ORDER BY "id") AS n, "id", "position" FROM "Slice") s
  WHERE s."position" <= ${slicesAStudy - 3}`;

const corrections = `
  INSERT INTO "Label" ("id", "sliceId", "version", "labelClass", "source", "authorId", "readingMs", "saveId", "createdAt")
  SELECT pg_temp.id_of('correction', s.n), s."id", 2, 'TUMOR', 'HUMAN', '${ids.reader}', 2000 + (s.n % 9000), pg_temp.id_of('save', s.n),
    timestamptz '2026-03-01' + s.n * interval '1 second'
  FROM (SELECT row_number() OVER (ORDER BY "id") AS n, "id", "position" FROM "Slice") s
  WHERE s.n % 50 = 0 AND s."position" <= ${slicesAStudy - 3}`;

const currentLabels = `
  UPDATE "Slice" s SET "currentLabelId" = l."id", "labelVersion" = l."version"
  FROM (SELECT DISTINCT ON ("sliceId") "sliceId", "id", "version" FROM "Label" ORDER BY "sliceId", "version" DESC) l
  WHERE l."sliceId" = s."id"`;

const models = `
  INSERT INTO "Base" ("sha256", "name", "outputs", "card") VALUES (repeat('a', 64), 'a base', '{features}', '{"made": "for a bench"}');
  INSERT INTO "Model" ("id", "number", "artifactSha256", "baseSha256", "state", "cohort", "threshold", "temperature", "card", "promotedAt") VALUES
    ('${ids.production}', 1, repeat('1', 64), repeat('a', 64), 'PRODUCTION', 'REAL', 0.5, 1, '{}', '2026-02-15'),
    ('${ids.candidate}', 2, repeat('2', 64), repeat('a', 64), 'CANDIDATE', 'REAL', 0.5, 1, '{}', NULL);
  INSERT INTO "ModelPatient" ("modelId", "hashedKey", "split")
  SELECT m."id", p."hashedKey", 'TRAIN' FROM "Model" m, "Patient" p WHERE p."split" IS NULL AND pg_temp.chance('seen', ('x' || substr(p."hashedKey", 1, 7))::bit(28)::int) < 0.2`;

/** Seven in a hundred are uncertain; the candidate has its own chance on one slice in a hundred. */
const predictions = (modelId: string, kind: string) => `
  INSERT INTO "Prediction" ("id", "sliceId", "modelId", "pTumor", "predictedClass", "confidence", "areaPixels")
  SELECT pg_temp.id_of('prediction ${kind}', s.n), s."id", '${modelId}', p."pTumor",
    CASE WHEN p."pTumor" >= 0.5 THEN 'TUMOR' ELSE 'NO_TUMOR' END::"LabelClass", greatest(p."pTumor", 1 - p."pTumor"), 0
  FROM (SELECT row_number() OVER (ORDER BY "id") AS n, "id", "position" FROM "Slice") s
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN s.n % 100 = 7 THEN pg_temp.chance('uncertain ${kind}', s.n)
      WHEN pg_temp.chance('sure', s.n) < 0.07 THEN 0.3 + 0.4 * pg_temp.chance('unsure', s.n)
      WHEN s."position" BETWEEN 10 AND 19 THEN 0.9 + 0.1 * pg_temp.chance('high', s.n)
      ELSE 0.1 * pg_temp.chance('low', s.n) END AS "pTumor"
  ) p`;

const flags = `
  INSERT INTO "Flag" ("modelId", "sliceId", "reason", "studyId", "cohort", "confidence")
  SELECT p."modelId", s."id", r."reason", s."studyId", 'REAL', p."confidence"
  FROM "Prediction" p JOIN "Slice" s ON s."id" = p."sliceId" LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
  CROSS JOIN LATERAL (
    SELECT 'LOW_CONFIDENCE'::"FlagReason" AS "reason" WHERE p."confidence" < 0.8
    UNION ALL
    SELECT 'MODEL_DISAGREES' WHERE l."labelClass" IN ('TUMOR', 'NO_TUMOR') AND l."labelClass" <> p."predictedClass"
  ) r
  WHERE l."source" IS NULL OR l."source" = 'IMPORTED'`;

const studyPredictions = `
  INSERT INTO "StudyPrediction" ("modelId", "studyId", "cohort", "predictedSlices", "tumorSlices", "lowestConfidence", "flaggedSlices", "tumorBits")
  SELECT p."modelId", s."studyId", 'REAL', count(*), count(*) FILTER (WHERE p."predictedClass" = 'TUMOR'), min(p."confidence") FILTER (WHERE l."source" IS NULL OR l."source" = 'IMPORTED'),
    count(f."sliceId"), string_agg(CASE WHEN p."predictedClass" = 'TUMOR' THEN '1' ELSE '0' END, '' ORDER BY s."position")::varbit
  FROM "Prediction" p JOIN "Slice" s ON s."id" = p."sliceId" LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
  LEFT JOIN (SELECT DISTINCT "modelId", "sliceId" FROM "Flag") f ON f."modelId" = p."modelId" AND f."sliceId" = s."id"
  GROUP BY p."modelId", s."studyId"`;

const auditEvents = `
  INSERT INTO "AuditEvent" ("actorEmail", "action", "subjectId", "detail", "hash")
  SELECT 'reader@scale.example', 'label.saved', n::text, '{}', md5('event' || n) FROM generate_series(1, 100000) n`;
