/**
 * Who may do what, address by address: the promise that tests/e2e/access-matrix.spec.ts holds the running product to.
 *
 * Every page, every method of every route handler and every server action stands here; one that is missing fails the
 * test, and so does one that no longer exists.
 */

/** `ENDED` still has the cookie of an account that was deactivated meanwhile. */
export const visitors = ["ANONYMOUS", "ENDED", "READER", "REVIEWER", "ADMIN"] as const;
export type Visitor = (typeof visitors)[number];

/** A status, the path of a redirect, or what a server action says: `ok`, or the code of its refusal. */
export type Answer = number | string;

export interface Row {
  answers: Record<Visitor, Answer>;
  /** Parameters of the path that are not those of a record of the demo. */
  params?: Record<string, string>;
  /** What follows the path. */
  search?: string;
  /** Of a route handler: headers of the request. */
  headers?: Record<string, string>;
  /** Of a route handler: the JSON body. Of a server action: its input, with `[name]` for a record's id. */
  input?: unknown;
}

/** An id that no record has: who may do the thing gets "not found" and nothing changes. */
const nobody = "00000000-0000-4000-8000-000000000000";

/** What every request of the upload protocol says (https://tus.io). */
const tus = { "Tus-Resumable": "1.0.0" };

type ByRole = [reader: Answer, reviewer: Answer, admin: Answer];
const row = (anonymous: Answer, ended: Answer, [READER, REVIEWER, ADMIN]: ByRole): Row["answers"] => ({
  ANONYMOUS: anonymous,
  ENDED: ended,
  READER,
  REVIEWER,
  ADMIN,
});
const all = (answer: Answer): ByRole => [answer, answer, answer];
const open = (answer: Answer) => row(answer, answer, all(answer));
const page = (...answers: ByRole) => row("/sign-in", "/sign-in", answers);
const api = (...answers: ByRole) => row(401, 401, answers);
const action = (...answers: ByRole) => row("/sign-in", "unauthenticated", answers);

export const pages: Record<string, Row> = {
  "/": { answers: row("/sign-in", "/worklist", all("/worklist")) },
  "/sign-in": { answers: open(200) },
  // Nobody here has a password from an admin.
  "/change-password": { answers: page("/worklist", "/worklist", "/worklist") },
  "/worklist": { answers: page(200, 200, 200) },
  "/patients/[patientId]": { answers: page(200, 200, 200) },
  "/studies/[studyId]": { answers: page(200, 200, 200) },
  "/decisions": { answers: page(200, 200, 200) },
  "/flagged": { answers: page(200, 200, 200) },
  "/imports": { answers: page(200, 200, 200) },
  "/imports/[importId]": { answers: page(200, 200, 200) },
  "/training": { answers: page(200, 200, 200) },
  "/training/[runId]": { answers: page(200, 200, 200) },
  "/training/snapshots/[snapshotId]": { answers: page(200, 200, 200) },
  "/models": { answers: page(200, 200, 200) },
  "/models/[modelId]": { answers: page(200, 200, 200) },
  "/reports": { answers: page(200, 200, 200) },
  "/reports/[modelId]": { answers: page(200, 200, 200) },
  "/protocol": { answers: page(200, 200, 200) },
  "/help": { answers: page(200, 200, 200) },
  "/help/correct": { answers: page(200, 200, 200) },
  "/help/draw": { answers: page(200, 200, 200) },
  "/help/flags": { answers: page(200, 200, 200) },
  "/help/keys": { answers: page(200, 200, 200) },
  "/admin/jobs": { answers: page(200, 200, 200) },
  "/admin/users": { answers: page(404, 404, 200) },
  "/admin/health": { answers: page(404, 404, 200) },
  "/admin/settings": { answers: page(404, 404, 200) },
};

export const handlers: Record<string, Row> = {
  "GET /api/auth/[...nextauth]": { answers: open(200), params: { nextauth: "session" } },
  // Without the token against forged requests it signs nobody in and leads back to the form.
  "POST /api/auth/[...nextauth]": {
    answers: open("/api/auth/signin"),
    params: { nextauth: "callback/credentials" },
    input: {},
  },
  "GET /api/drafts": { answers: api(200, 200, 200) },
  "GET /api/events": { answers: api(200, 200, 200) },
  "GET /api/health/live": { answers: open(200) },
  "GET /api/health/ready": { answers: open(200) },
  "GET /api/jobs/[jobId]": { answers: api(200, 200, 200) },
  "GET /api/labels/[labelId]/mask": { answers: api(200, 200, 200) },
  "PUT /api/slices/[sliceId]/draft": {
    answers: api(404, 404, 404),
    params: { sliceId: nobody },
    input: { id: nobody, basedOn: 0, baseLabelId: null, revision: 1, strokes: [], done: 0 },
  },
  "DELETE /api/slices/[sliceId]/draft": {
    answers: api(404, 404, 404),
    params: { sliceId: nobody },
    search: `?id=${nobody}`,
  },
  "GET /api/slices/[sliceId]/pixels": { answers: api(200, 200, 200) },
  "GET /api/slices/[sliceId]/proposed-mask": { answers: api(200, 200, 200) },
  // A model that nobody has.
  "GET /api/slices/[sliceId]/heatmap": { answers: api(404, 404, 404), search: `?model=${nobody}` },
  "GET /api/slices/[sliceId]/thumbnail": { answers: api(200, 200, 200) },
  "GET /api/slices/[sliceId]/labels": { answers: api(200, 200, 200) },
  "POST /api/slices/[sliceId]/labels": {
    answers: api(404, 404, 404),
    params: { sliceId: nobody },
    input: { basedOn: 0, saveId: nobody, modelId: null, act: "state", labelClass: "NO_TUMOR", mask: "none" },
  },
  "POST /api/labels/[labelId]/restore": {
    answers: api(404, 404, 404),
    params: { labelId: nobody },
    input: { sliceId: nobody, basedOn: 1, saveId: nobody },
  },
  "POST /api/labels/[labelId]/undo": {
    answers: api(404, 404, 404),
    params: { labelId: nobody },
    input: { saveId: nobody },
  },
  "GET /api/decisions": { answers: api(200, 200, 200) },
  "GET /api/protocol": { answers: api(200, 200, 200) },
  "GET /api/slices/[sliceId]/label-uses": { answers: api(200, 200, 200) },
  "GET /api/slices/[sliceId]/queue": { answers: api(200, 200, 200) },
  "GET /api/slices/[sliceId]/next-flagged": { answers: api(200, 200, 200) },
  "GET /api/slices/[sliceId]/next-unlabelled": { answers: api(200, 200, 200) },
  "POST /api/slices/[sliceId]/heatmap": { answers: api(404, 404, 404), params: { sliceId: nobody } },
  "GET /api/studies/[studyId]": { answers: api(200, 200, 200) },
  "GET /api/studies/[studyId]/drafts": { answers: api(200, 200, 200) },
  // A model that nobody has.
  "GET /api/models/[modelId]/promotion-preview": {
    answers: api(403, 403, 404),
    params: { modelId: nobody },
  },
  "GET /api/models/[modelId]/roll-back-preview": {
    answers: api(403, 403, 404),
    params: { modelId: nobody },
  },
  "GET /api/training/snapshots/[snapshotId]/verification": { answers: api(200, 200, 200) },
  "GET /api/training/[runId]/log": { answers: api(200, 200, 200) },
  // Larger than any installation takes: refused by its size, after the permission.
  "POST /api/uploads": {
    answers: api(403, 403, 400),
    headers: { ...tus, "Upload-Length": String(2 ** 52), "Upload-Metadata": "filename c2V0LnppcA==" },
  },
  "HEAD /api/uploads/[importId]": {
    answers: api(403, 403, 404),
    params: { importId: nobody },
    headers: tus,
  },
  "PATCH /api/uploads/[importId]": {
    answers: api(403, 403, 404),
    params: { importId: nobody },
    headers: { ...tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
  },
  "DELETE /api/uploads/[importId]": { answers: api(403, 403, 404), params: { importId: nobody } },
};

/** A finished job of nobody's: who may cancel it learns that it has ended. */
const othersJob = { answers: action("forbidden", "conflict", "conflict"), input: { jobId: "[jobId]" } };
const adminOnly = action("forbidden", "forbidden", "not-found");

/** By file under app/ and export. */
export const actions: Record<string, Row> = {
  "(auth)/account-actions.ts changeOwnPasswordAction": {
    answers: action("invalid", "invalid", "invalid"),
    input: { current: "not the password", next: "a sentence that is long enough" },
  },
  "(workspace)/admin/jobs/actions.ts cancelJobAction": othersJob,
  "(workspace)/admin/jobs/actions.ts retryJobAction": othersJob,
  // A job that did not fail: nothing to mark.
  "(workspace)/admin/jobs/actions.ts markSeenAction": {
    answers: action("forbidden", "ok", "ok"),
    input: { jobId: "[jobId]" },
  },
  // Not the number of phantoms that is there: refused, and nothing is removed.
  "(workspace)/imports/actions.ts removeDemoAction": {
    answers: action("forbidden", "forbidden", "conflict"),
    input: { patients: -1 },
  },
  "(workspace)/admin/settings/actions.ts saveSettingsAction": {
    answers: action("forbidden", "forbidden", "ok"),
    input: { blindTestPatients: true },
  },
  "(workspace)/admin/health/actions.ts askExaminationAction": {
    answers: action("forbidden", "forbidden", "ok"),
    input: {},
  },
  "(workspace)/admin/users/actions.ts createUserAction": {
    answers: action("forbidden", "forbidden", "conflict"),
    input: { email: "reader@demo.sulcus", role: "ADMIN" },
  },
  "(workspace)/admin/users/actions.ts changeRoleAction": {
    answers: adminOnly,
    input: { userId: nobody, role: "ADMIN" },
  },
  "(workspace)/admin/users/actions.ts deactivateUserAction": {
    answers: adminOnly,
    input: { userId: nobody },
  },
  "(workspace)/admin/users/actions.ts reactivateUserAction": {
    answers: adminOnly,
    input: { userId: nobody },
  },
  "(workspace)/admin/users/actions.ts resetPasswordAction": { answers: adminOnly, input: { userId: nobody } },
  // Based on a version that does not exist: refused after the permission, and nothing is saved.
  "(workspace)/protocol/actions.ts saveProtocolAction": {
    answers: action("forbidden", "forbidden", "conflict"),
    input: { text: "for the test", basedOn: 2_000_000_000 },
  },
  "(workspace)/imports/actions.ts confirmImportAction": { answers: adminOnly, input: { importId: nobody } },
  "(workspace)/imports/actions.ts retryImportAction": { answers: adminOnly, input: { importId: nobody } },
  "(workspace)/imports/actions.ts cancelImportAction": { answers: adminOnly, input: { importId: nobody } },
  "(workspace)/models/actions.ts promoteModelAction": { answers: adminOnly, input: { modelId: nobody } },
  "(workspace)/models/actions.ts requestComparisonAction": { answers: adminOnly, input: { modelId: nobody } },
  // Whatever is not in production cannot be rolled back from.
  "(workspace)/models/actions.ts rollBackModelAction": {
    answers: action("forbidden", "forbidden", "conflict"),
    input: { modelId: nobody, reason: "for the test" },
  },
  "(workspace)/models/actions.ts retireModelAction": { answers: adminOnly, input: { modelId: nobody } },
  "(workspace)/models/actions.ts rejectModelAction": {
    answers: adminOnly,
    input: { modelId: nobody, reason: "for the test" },
  },
  // The demo has no real patients to train on: refused for that, after the permission.
  "(workspace)/training/actions.ts requestTrainingAction": {
    answers: action("invalid", "invalid", "invalid"),
    input: { cohort: "REAL" },
  },
  "(workspace)/training/actions.ts cancelRunAction": othersJob,
};
