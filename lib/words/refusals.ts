import type { PromotionRefusal } from "@/lib/features/models/refusals";
import type { DemoRefusal } from "@/lib/features/system/demo-schema";
import type { Refusal } from "@/lib/platform/errors";
import type { Message } from "@/lib/platform/message";
import { fileWords, sayOfFile } from "./files";
import { sayFigure, sayVerdict } from "./gate";
import { sayNotes } from "./notes";
import { say, type Words } from "./say";
import { spanInWords } from "./span";

const promotionWords: Words<PromotionRefusal> = {
  "already-in-production": ({ number }) => `Model ${number} is in production already.`,
  "was-rejected": ({ number }) => `Model ${number} was rejected.`,
  "phantoms-beside-patients": () =>
    "A model trained on phantoms must not predict real patients, and there are some here.",
  "model-file-damaged": ({ number }) =>
    `The file of model ${number} is missing or damaged: put it back from a backup of the objects folder.`,
  "not-compared": ({ number, production }) =>
    `Model ${number} has not been compared with model ${production}, which is in production. Compare the two first.`,
  "gate-refuses": ({ number, production, figures }) =>
    `Model ${number} does not pass the gate beside model ${production}. ${figures.map(sayFigure).join(" ")}`,
  "asked-for-by-same-person": ({ number }) =>
    `You requested the run that made model ${number}: another admin has to promote it.`,
};

/** Why a model must not be promoted. */
export const sayPromotionRefusal = (said: Message) => say(promotionWords, said);

const states = { CANDIDATE: "candidate", PRODUCTION: "production", RETIRED: "retired", REJECTED: "rejected" };
const demo: Record<DemoRefusal, string> = {
  "phantom-model-in-production":
    "A model trained on phantoms is in production: roll back or promote another one first",
  "job-under-way": "A job on phantoms is waiting or running: wait until it has ended, or cancel it",
};
const noSuch = (what: string) => `There is no such ${what}`;
const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
const requestSize = (bytes: number) =>
  bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${Math.round(bytes / 2 ** 10)} KiB`;
const difference = (value: number) => value.toExponential(1);
const short = (sha256: string) => sha256.slice(0, 12);
const needsBoth = "proposes no masks or has no class score of its own; fine-tuning needs both";

/** Everything that is refused anywhere, and how jobs fail. */
export const refusalWords: Words<Refusal> = {
  "as-written": ({ text }) => text,
  "not-signed-in": () => "Please sign in",
  "role-forbids": () => "Your role does not allow this",
  "request-of-other-site": () => "This request came from another site",
  "no-json-object": () => "is not a JSON object",
  "request-too-large": ({ limit }) => `The request is larger than ${requestSize(limit)}, the limit here`,
  "request-too-slow": () => "The request did not arrive in time. Try again.",
  "request-too-deep": ({ limit }) => `The request has more than ${limit} levels of brackets.`,
  "no-such-job": () => noSuch("job"),
  "job-ended": () => "This job has already ended",
  "workers-died": ({ times }) =>
    `The worker process ended ${times} times while it did this, each time at the same place. The work was given up so that other work goes on. The log says more.`,
  "disk-full": () => "The disk is full. Make room and try again.",
  "database-away": () => "The database does not answer. Try again in a moment.",
  fault: ({ cause, jobId }) => `An unexpected fault: ${cause} (the worker's log has more, job ${jobId})`,

  "no-such-page": () => "This page is not part of the list",
  "no-such-patient": () => noSuch("patient"),
  "no-such-study": () => noSuch("study"),
  "no-such-slice": () => noSuch("slice"),
  "no-such-label": () => noSuch("label"),
  "no-such-mask": () => noSuch("mask"),
  "no-such-proposed-mask": () => noSuch("proposed mask"),
  "no-such-model": () => noSuch("model"),
  "no-such-protocol": () => noSuch("version of the protocol"),
  "newer-protocol": () =>
    "Someone saved a newer version of the protocol. Copy your text, reload the page and add your changes to that version.",
  "no-such-snapshot": () => noSuch("snapshot"),

  "no-such-base": ({ name }) => noSuch(`base network as ${name}`),
  "base-name-length": () => "A base's name has 1 to 100 characters",
  "base-known": ({ name }) => `This base is there already, as ${name}`,
  "base-name-taken": ({ name }) => `Another base is called ${name}; give this one another --name`,
  "seen-list-empty": () => "The list of seen patients is empty",
  "no-patient-key": ({ text }) => `"${text}" is no patient's key: one key or hash a line is read`,

  "no-such-account": () => noSuch("account"),
  "wrong-password": () => "This is not your password",
  "same-password": () => "This is your current password; choose another one",
  "password-change-due": () => "Choose a new password first",
  "last-admin": () => "This is the last admin",
  "account-exists": ({ email }) => `${email} already has an account`,
  "too-many-sign-ins": ({ seconds }) => `Too many failed sign-ins. Try again in ${seconds} seconds.`,
  "too-many-wrong-passwords": ({ seconds }) => `Too many wrong passwords. Try again in ${seconds} seconds.`,
  "passwords-busy": () => "Many people sign in at this moment. Try again in a few seconds.",

  "drawings-are-peoples": () => "Drawings are people's; the system makes none",
  "labels-are-peoples": () => "Labels are people's; the system writes none",
  "base-label-elsewhere": () => "This drawing begins on a label that is not one of this slice",
  "other-strokes": () =>
    "You have other strokes on this slice, drawn in another window or on another machine",
  "drawing-id-taken": () => "Another drawing has the same id; start the drawing again",
  "prediction-changed": () => "The model's prediction of this slice has changed. Look at the slice again",
  "drawn-mask-empty": () => "The drawn mask is empty: draw the tumor, or label the slice without a mask",
  "mask-holds-tumor": () => "This mask holds tumor. Remove the mask, or label the slice as tumor.",
  "no-mask-proposed-yet": () => "No model has proposed a mask for this slice yet",
  "model-proposes-no-masks": () => "The model in production proposes no masks",
  "version-is-no-label": () => "This version withdrew the label: there is nothing to restore",
  "nothing-to-keep": () => "This slice has no label to keep",
  "other-class-on-file": () => "The label or the prediction has changed. Look at the slice again",
  "decision-is-anothers": () => "Only the person who decided can undo it; restore an earlier version instead",
  "version-is-current": () => "This is the current version already",
  "drawn-mask-size": ({ maskRows, maskColumns, rows, columns }) =>
    `The drawn mask has ${maskRows} x ${maskColumns} pixels, this slice ${rows} x ${columns}. Load the page again and draw on this slice.`,
  "drawn-mask-damaged": () => "The drawn mask arrived damaged. Save it again.",
  "newer-label": () => "Someone saved a newer label of this slice",
  "save-id-taken": () => "Another label was saved under this save's id; save it again",
  "drawing-too-large": () => "This drawing has grown too large to be kept; save it as a label",
  "stroke-does-not-fit": ({ stroke, rows, columns }) =>
    `Stroke ${stroke} does not fit this slice of ${rows} x ${columns} pixels`,

  "job-not-failed": () => "This job has not failed",
  "job-not-repeatable": () => "This job cannot be repeated: start its work again on its own page",

  "slice-not-predicted": ({ number }) => `Model ${number} has not predicted this slice yet`,
  "nothing-to-explain": () => "No model is in production, so there is no prediction to explain",
  "prediction-hidden": () => "The prediction of this test patient is hidden until a decision is saved",
  "too-many-heatmaps": ({ seconds }) => `Too many heatmaps within an hour. Try again in ${seconds} seconds.`,

  "no-such-run": () => noSuch("training run"),
  "too-few-labelled-patients": () =>
    "There is no training data yet: at least two patients with labelled slices are needed",
  "run-under-way": ({ number }) => `Run ${number} is already running; wait for it or cancel it`,
  "int8-cannot-learn": ({ base }) =>
    `The base network ${base} runs in int8 and cannot learn, and the one that it was made of is not installed`,
  "base-cannot-learn": ({ base }) => `The base network ${base} ${needsBoth}`,

  "no-split": ({ notes }) => sayNotes(notes).join(" "),

  "not-promotable": ({ because }) => because.map(sayPromotionRefusal).join(" "),
  "promotion-needs-reason": ({ number, verdict }) =>
    `The gate cannot decide on model ${number}. ${verdict ? `${sayVerdict(verdict)} ` : ""}A written reason by an admin is needed.`,
  "no-model-to-go-back-to": () => noSuch("model to go back to"),
  "not-in-production": () => "This model is not in production; look at it again",
  "took-no-place": ({ number }) => `Model ${number} did not replace another model`,
  "in-production": ({ number }) => `Model ${number} is in production`,
  "nothing-to-compare": ({ verdict }) => `There is nothing new to compare. ${sayVerdict(verdict)}`,
  "no-patient-unseen-by-both": ({ number, production }) =>
    `No patient is left that neither model ${number} nor ${production} has seen.`,
  "production-cannot-leave": ({ number }) =>
    `Model ${number} is in production: roll back or promote another first`,
  "has-left-already": ({ number, state }) => `Model ${number} is ${states[state]} already`,
  "cannot-leave": ({ number, state, to }) =>
    `Model ${number} is ${states[state]}: it cannot be ${states[to]}`,

  "no-such-import": () => noSuch("import"),
  "no-such-upload": () => noSuch("upload"),
  "import-ended": () => "This import has ended",
  "import-not-failed": () => "This import has not failed",
  "import-not-waiting": () => "This import is not waiting for a decision",
  "too-many-uploads": ({ most, seconds }) =>
    `You have begun ${most} uploads within an hour, the most that is allowed. Try again in ${seconds} seconds.`,
  "upload-ended": () => "This upload has ended",
  "upload-cancelled": () => "This upload was cancelled",
  "upload-bytes-gone": () => "The uploaded bytes are gone: select the file again",
  "upload-incomplete": ({ arrived, size }) => `${arrived} of ${size} bytes have arrived`,
  "upload-not-written": () =>
    "The server could not write the file; its disk may be full. What has arrived is kept: make room and try again.",
  "archive-changed": () =>
    "The upload is not the one whose preview was confirmed: it has changed on the server. Nothing was imported. Select the file again.",
  "nothing-at-path": ({ path }) => `There is no file or folder at ${path}`,
  "archive-not-importable": ({ problem }) =>
    `The archive cannot be imported: ${
      problem.code === "no-image"
        ? `It holds no image that can be imported${problem.first ? ` (${problem.first.file}: ${sayOfFile(problem.first.reason)})` : ""}`
        : sayOfFile(problem)
    }`,
  "file-too-large": ({ limit }) =>
    `The file is larger than ${gigabytes(limit)}, the most that may be uploaded`,
  "no-room-for-file": ({ free, size }) =>
    `The server's disk has ${gigabytes(free)} left, the file takes ${gigabytes(size)}. Make room and try again.`,

  "demo-changed": () => "The demo has changed: look at it again",
  "demo-not-removable": ({ because }) => demo[because],
  "objects-unnamed": ({ unused, objects }) =>
    `No record names ${unused} of ${objects} objects. Is this the database of this data folder? Nothing was removed; \`sulcus collect --most\` removes them.`,
  "no-worker-to-examine": () => "No worker runs that could look at its machine",

  "base-not-installed": ({ sha256 }) =>
    `The base network ${short(sha256)} is not installed: its file is not in the object store`,
  "base-damaged": ({ sha256, found }) =>
    `The base network ${short(sha256)} is damaged: its file has the hash ${found}`,
  "base-gives-no-values": () => "The network gives no usable values on a test image: its weights are damaged",
  "base-trains-otherwise": (said) =>
    `The network gives other values in training than in use (relative difference ${difference(said.difference)}, at most ${difference(said.limit)})`,
  "base-proposes-no-masks": () => `This base network ${needsBoth}`,
  "base-of-model-missing": ({ number, base }) =>
    `Model ${number} is based on ${short(base)}, which is not installed`,
  "artifact-damaged": ({ number, artifact }) =>
    `The file of model ${number} (${short(artifact)}) is missing or damaged: put it back from a backup of the objects folder`,
  "fine-tuning-needs-gpu": (said) =>
    `Fine-tuning ${said.scope === "all" ? "all of the base network" : "the last stage of the base network"} needs a graphics processor, and this machine has none that can be used. On its processor it ` +
    `would take about ${spanInWords(said.seconds)} (${said.trainingSlices} slices for training and ` +
    `${said.validationSlices} for validation, ${said.maxEpochs} epochs at most, ` +
    `${said.secondsPerTrainingSlice.toFixed(1)} s per slice). It can be forced.`,
  "golden-unreadable": ({ cause }) => `The golden file cannot be read. ${cause}`,
  "golden-empty": () => "The golden file holds neither features nor mask nor gap",
  "golden-image-shape": () => "The golden file's image is not [N, 256, 256, 3]",
  "golden-without-images": () => "The golden file neither holds its images nor names its slices",
  "golden-needs-archive": ({ slice }) =>
    `The golden file names slices (${slice}, ...): give their archive with --data`,
  "golden-holds-more": ({ output }) => `The golden file holds ${output}, which this base cannot give`,
  "golden-length": ({ output, values }) =>
    `The golden file's ${output} is not that of its images: it has ${values} values`,
  "golden-differs": ({ outputs, limit }) =>
    `The base differs from the golden file: ${outputs.map((one) => `${one.output} by ${difference(one.difference)}`).join(", ")} (at most ${difference(limit)})`,
  "data-unreadable": ({ path, problem }) => `${path}: ${say(fileWords, problem)}`,
  "data-lacks-slice": ({ path, slice }) => `${path}: ${slice} is not in it`,
  "data-without-label": ({ path }) => `${path}: holds no labelled slice`,
  "data-without-seen-patient": ({ path, base }) =>
    `${path}: holds no patient that the base ${base} has seen; others may be needed to test on`,
  "simulation-needs-patients": ({ needed, patients }) =>
    `a simulation needs ${needed} patients that neither the base nor the test knows; there are ${patients}`,
  "simulation-needs-slices": ({ initial, batch, rounds, needed, slices }) =>
    `${initial} first slices and ${rounds} batches of ${batch} are ${needed}; only ${slices} can be labelled`,
};

/** Why something was refused, or a job or an import failed. */
export const sayRefusal = (said: Message) => say(refusalWords, said);
