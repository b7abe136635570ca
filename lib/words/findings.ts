import type { FailureReason } from "@/lib/features/predictions/save-predictions";
import type {
  Finding,
  FindingGroup,
  FindingPart,
  FindingSays,
  FindingTodo,
} from "@/lib/features/system/schema";
import type { AsWritten } from "@/lib/platform/message";
import { sayOfFile } from "./files";
import { counted, say, type Words } from "./say";

const GiB = 2 ** 30;
const minuteMs = 60_000;
const round = (value: number) => Math.round(value * 10) / 10;
const gib = (bytes: number) => `${round(bytes / GiB)} GiB`;
const minutes = (ms: number) =>
  ms < minuteMs ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / minuteMs)} min`;

const groups: Record<FindingGroup, string> = {
  machine: "Machine",
  network: "Network",
  training: "Training",
  database: "Database",
  work: "Work",
  models: "Models",
};

export const partWords: Words<FindingPart> = {
  installation: () => "Installation",
  postgres: () => "Postgres",
  schema: () => "Schema",
  clocks: () => "Clocks",
  workers: () => "Workers",
  queue: () => "Queue",
  predictions: () => "Predictions",
  "audit-trail": () => "Audit trail",
  production: () => "Production",
  precision: () => "Precision",
  base: ({ name }) => `Base network ${name}`,
  "model-in-production": ({ number }) => `Model ${number}, in production`,
  node: () => "Node",
  processor: () => "Processor",
  memory: () => "Memory",
  disk: () => "Disk",
  nvidia: () => "NVIDIA device",
  "onnx-runtime": () => "ONNX Runtime",
  "self-test": () => "Self-test",
  backends: () => "Backend",
  backend: ({ name }) => name,
};

const failureWords: Words<FailureReason | AsWritten> = {
  "as-written": ({ text }) => text,
  "slice-unreadable": ({ file, why }) => `${file} cannot be read: ${sayOfFile(why)}`,
};

const ended = (dead: number) => (dead === 0 ? "" : `; ${counted(dead, "worker")} ended without a report`);
const standsOn = (production: { number: number; base: string } | null) =>
  production ? ` Model ${production.number} is based on ${production.base} and predicts with it.` : "";
const measured = ({ difference, tolerance }: { difference: number; tolerance: number }) =>
  `a relative difference of ${difference.toExponential(1)}, at most ${tolerance.toExponential(0)} is allowed`;

export const findingWords: Words<FindingSays> = {
  "not-running": () => "Sulcus does not run on this data folder, so its database and queue were not examined",
  "database-answers": ({ version }) => `Version ${version} answers`,
  "database-silent": ({ cause }) => `The database does not answer: ${cause}`,
  "schema-refused": ({ cause }) => cause,
  "schema-applied": () => "Every migration has been applied",
  "migrations-pending": ({ names }) =>
    `${counted(names.length, "migration")} of this version ${names.length === 1 ? "has" : "have"} not been applied: ${names.join(", ")}`,
  "clocks-apart": ({ ms }) =>
    `This machine's clock and the database's are ${(ms / 1_000).toFixed(1)} s apart`,
  "no-worker": ({ dead }) => `No worker runs${ended(dead)}`,
  "workers-report": ({ workers, hosts, dead }) =>
    `${counted(workers, "worker")} on ${counted(hosts, "machine")} ${workers === 1 ? "reports" : "report"}${ended(dead)}`,
  "queue-holds": ({ waiting, running, failed, oldestMs, givenUp }) =>
    `${waiting} waiting${oldestMs === null ? "" : `, the oldest for ${minutes(oldestMs)}`}, ${running} running, ${failed} failed in the last day` +
    (givenUp > 0 ? `; ${counted(givenUp, "job")} given up after ending their worker several times` : ""),
  "slices-unpredicted": ({ slices, example }) =>
    `${counted(slices, "slice")} could not be predicted, for example: ${example ? say(failureWords, example as FailureReason) : null}`,
  "events-unsealed": ({ ms }) => `Audit events have waited to be sealed for ${minutes(ms)}`,
  "file-intact": () => "The file has the hash that it is registered under",
  "file-missing": () => "The file is missing",
  "file-damaged": () => "The file is damaged: it has another hash",
  "nothing-in-production": () => "No model is in production, so nothing is predicted",
  "precision-used": ({ wanted, production }) => `New training runs use ${wanted}.${standsOn(production)}`,
  "precision-lacking": ({ wanted, production }) =>
    `SULCUS_PRECISION is ${wanted}, and production's base has no such form: new runs use what it has.${standsOn(production)}`,
  "node-version": ({ node, platform }) => `${node} on ${platform}`,
  "processor-is": ({ model, cores, limit }) =>
    `${model}, ${counted(cores, "core")}${limit === null ? "" : `, of which a limit leaves ${round(limit)}`}`,
  "memory-available": ({ available, total, limited }) =>
    `${gib(available)} of ${gib(total)} available${limited ? " (a limit)" : ""}`,
  "disk-unknown": () => "The free space of the data folder is unknown",
  "disk-free": ({ free, total, share }) =>
    `${gib(free)} of ${gib(total)} (${Math.floor(100 * share)} %) free in the data folder`,
  "no-nvidia": () => "None; training and inference use what is listed below",
  "nvidia-devices": ({ names }) => names.join(", "),
  "onnx-runtime-is": ({ version, used, threads, batch, others }) => {
    const listed = others.map(
      ({ name, bundled }) =>
        `${name} ${bundled ? "(bundled, not used: its results are not tested)" : "(not bundled)"}`,
    );
    return `${version} on ${used}, ${counted(threads, "thread")}, ${counted(batch, "image")} at once; other providers: ${listed.join(", ") || "none"}`;
  },
  "network-not-run": ({ cause }) => `The shipped network cannot be run: ${cause}`,
  "network-differs": (said) => `The network does not give the expected values: ${measured(said)}`,
  "network-agrees": (said) =>
    `The network gives the expected values (${measured(said)}) in ${Math.round(said.milliseconds)} ms per image`,
  "backend-taken": ({ cause }) => `In use: ${cause}`,
  "backend-not-taken": ({ cause }) => `Not used: ${cause}`,
  "no-backend": () => "No backend of TensorFlow.js can be used, so nothing can be trained",
};

export const todoWords: Words<FindingTodo> = {
  "start-or-name-database": () => "Start it with `npm start`, or name its database in DATABASE_URL",
  "start-or-check-database": () =>
    "Start Sulcus with `npm start`, or see that DATABASE_URL is right and the server runs",
  "start-fitting-version": () => "Start the version of Sulcus that fits",
  "start-to-migrate": () => "Restart Sulcus with `npm start`, which applies them",
  "set-clocks": () =>
    "Set the clocks by a time server: workers are told alive from dead by the time of their last report",
  "start-a-worker": () =>
    "Start Sulcus with `npm start`: nothing is imported, predicted or trained without a worker",
  "read-why-workers-ended": () =>
    "Their jobs return to the queue automatically; the log of their machine has the reason",
  "cancel-given-up-jobs": () =>
    "Cancel them on the Jobs page and request the work again; the worker's log has the reason",
  "restart-to-work": () => "Jobs wait and no worker takes them: restart Sulcus",
  "set-more-workers": () => "Jobs wait long: set SULCUS_WORKERS higher where cores are free",
  "read-why-jobs-failed": () => "See Jobs for the reasons",
  "restore-unreadable-files": () =>
    "Restore the files from a backup of the data folder's objects, or import them again, then run `npm run --silent sulcus -- predict`",
  "verify-audit": () =>
    "The worker's log has the reason; `npm run --silent sulcus -- audit verify` seals and checks them",
  "restore-object": () => "Put it back from a backup of the data folder's objects",
  "promote-a-model": () => "Promote one on the Models page, or restart Sulcus to add the shipped one",
  "make-int8-form": () => "Make the form with `npm run --silent sulcus -- base-int8 BASE --data ZIP`",
  "install-node": ({ version }) => `Install Node ${version} or newer`,
  "set-threads": ({ used, threads }) => `Inference uses ${used} threads: set SULCUS_THREADS to ${threads}`,
  "free-memory": () => "A training run and the network need about 1.5 GiB: end other programs or add memory",
  "name-readable-folder": () => "See that SULCUS_DATA names a folder that this process may read",
  "make-room": () => "Free space on the data folder's disk: imports and training stop when it is full",
  "see-backends": () => "It is not used for training; see the reasons at the backends below",
  "reinstall-dependencies": () => "Reinstall the dependencies: remove node_modules and run `npm start`",
  "distrust-predictions": () =>
    "Do not use predictions of this machine: reinstall Sulcus, and report the processor if the finding remains",
  "see-whether-busy": () => "That is slow: check whether the machine is busy with something else",
  "rebuild-node-gpu": () =>
    "For training on the NVIDIA device: `npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false`, with CUDA 11.2 and cuDNN 8.1",
};

/** A finding as people read it. */
export interface FindingInWords {
  group: string;
  name: string;
  state: Finding["state"];
  says: string;
  /** Null where nothing is to be done. */
  todo: string | null;
}

export function sayFinding({ group, part, state, says, todo }: Finding): FindingInWords {
  return {
    group: groups[group],
    name: say(partWords, part),
    state,
    says: say(findingWords, says),
    todo: todo && say(todoWords, todo),
  };
}
