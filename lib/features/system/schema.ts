import { z } from "zod";
import type { Message } from "@/lib/platform/message";

/** How a finding stands: nothing to do, a warning, or an error. */
export const findingStates = ["good", "look", "broken"] as const;
export type FindingState = (typeof findingStates)[number];

/** What was examined. */
export type FindingPart =
  | { code: "installation" }
  | { code: "postgres" }
  | { code: "schema" }
  | { code: "clocks" }
  | { code: "workers" }
  | { code: "queue" }
  | { code: "predictions" }
  | { code: "audit-trail" }
  | { code: "production" }
  | { code: "precision" }
  | { code: "base"; name: string }
  | { code: "model-in-production"; number: number }
  | { code: "node" }
  | { code: "processor" }
  | { code: "memory" }
  | { code: "disk" }
  | { code: "nvidia" }
  | { code: "onnx-runtime" }
  | { code: "self-test" }
  | { code: "backends" }
  | { code: "backend"; name: string };

/** What was found. Times are milliseconds, sizes bytes. */
export type FindingSays =
  /** Nothing runs here that could be examined; said by the command line. */
  | { code: "not-running" }
  | { code: "database-answers"; version: string }
  | { code: "database-silent"; cause: string }
  | { code: "schema-refused"; cause: string }
  | { code: "schema-applied" }
  | { code: "migrations-pending"; names: string[] }
  | { code: "clocks-apart"; ms: number }
  /** `dead`: workers that ended without a word. */
  | { code: "no-worker"; dead: number }
  | { code: "workers-report"; workers: number; hosts: number; dead: number }
  | {
      code: "queue-holds";
      waiting: number;
      running: number;
      failed: number;
      oldestMs: number | null;
      givenUp: number;
    }
  | { code: "slices-unpredicted"; slices: number; example: Message | null }
  | { code: "events-unsealed"; ms: number }
  | { code: "file-intact" }
  | { code: "file-missing" }
  | { code: "file-damaged" }
  | { code: "nothing-in-production" }
  | { code: "precision-used"; wanted: Precision; production: ModelOnBase | null }
  | { code: "precision-lacking"; wanted: Precision; production: ModelOnBase | null }
  | { code: "node-version"; node: string; platform: string }
  /** `limit`: the cores that a container's limit leaves. */
  | { code: "processor-is"; model: string; cores: number; limit: number | null }
  | { code: "memory-available"; available: number; total: number; limited: boolean }
  | { code: "disk-unknown" }
  | { code: "disk-free"; free: number; total: number; share: number }
  | { code: "no-nvidia" }
  | { code: "nvidia-devices"; names: string[] }
  | {
      code: "onnx-runtime-is";
      version: string;
      used: string;
      threads: number;
      batch: number;
      others: { name: string; bundled: boolean }[];
    }
  | { code: "network-not-run"; cause: string }
  | { code: "network-differs"; difference: number; tolerance: number }
  | { code: "network-agrees"; difference: number; tolerance: number; milliseconds: number }
  /** `cause`: the backend's own words. */
  | { code: "backend-taken"; cause: string }
  | { code: "backend-not-taken"; cause: string }
  | { code: "no-backend" };

type Precision = "f32" | "int8";
type ModelOnBase = { number: number; base: string };

/** What to do about it. */
export type FindingTodo =
  | { code: "start-or-name-database" }
  | { code: "start-or-check-database" }
  | { code: "start-fitting-version" }
  | { code: "start-to-migrate" }
  | { code: "set-clocks" }
  | { code: "start-a-worker" }
  | { code: "read-why-workers-ended" }
  | { code: "cancel-given-up-jobs" }
  | { code: "restart-to-work" }
  | { code: "set-more-workers" }
  | { code: "read-why-jobs-failed" }
  | { code: "restore-unreadable-files" }
  | { code: "verify-audit" }
  | { code: "restore-object" }
  | { code: "promote-a-model" }
  | { code: "make-int8-form" }
  | { code: "install-node"; version: string }
  | { code: "set-threads"; used: number; threads: number }
  | { code: "free-memory" }
  | { code: "name-readable-folder" }
  | { code: "make-room" }
  | { code: "see-backends" }
  | { code: "reinstall-dependencies" }
  | { code: "distrust-predictions" }
  | { code: "see-whether-busy" }
  | { code: "rebuild-node-gpu" };

export type FindingGroup = "machine" | "network" | "training" | "database" | "work" | "models";

/** One thing that was examined. */
export interface Finding {
  /** The part of the page that it belongs to. */
  group: FindingGroup;
  part: FindingPart;
  state: FindingState;
  says: FindingSays;
  /** Null where nothing is to be done. */
  todo: FindingTodo | null;
}

const Bytes = z.number().min(0);

/** What a worker, or the command line, found on its machine. Paths and accounts stay there. */
export const MachineReport = z.object({
  /** When it was examined, by that machine's clock, ISO 8601. */
  examinedAt: z.iso.datetime(),
  host: z.string(),
  /** `linux x64` */
  platform: z.string(),
  node: z.string(),
  cpu: z.object({
    model: z.string(),
    cores: z.int().min(1),
    /** Cores that a container's limit leaves; null without one. */
    limit: z.number().positive().nullable(),
  }),
  memory: z.object({
    total: Bytes,
    /** What a new process could have, limits counted. */
    available: Bytes,
    /** A container's limit; null without one. */
    limit: Bytes.nullable(),
  }),
  /** Of the data folder; null where it cannot be told. */
  disk: z.object({ free: Bytes, total: Bytes }).nullable(),
  /** Names of the NVIDIA devices; empty for none. */
  nvidia: z.array(z.string()),
  onnxRuntime: z.object({
    version: z.string(),
    /** Execution providers that the package knows. */
    providers: z.array(z.object({ name: z.string(), bundled: z.boolean() })),
    used: z.string(),
    threads: z.int().min(1),
    batch: z.int().min(1),
  }),
  /** TensorFlow.js backends in the order in which they were tried; the one taken is the last. */
  backends: z.array(z.object({ name: z.string(), taken: z.boolean(), reason: z.string() })),
  /** One image through the shipped base, held against what it said when it was made. */
  selfTest: z.discriminatedUnion("ran", [
    z.object({
      ran: z.literal(true),
      /** Relative difference of the features, |ours - golden| / |golden|. */
      difference: z.number(),
      /** At most this counts as the same network. */
      tolerance: z.number(),
      /** Milliseconds for the image, after a first one. */
      milliseconds: z.number(),
    }),
    z.object({ ran: z.literal(false), reason: z.string() }),
  ]),
});
export type MachineReport = z.output<typeof MachineReport>;

/** What stands in `WorkerProcess.capabilities`. */
export const Capabilities = z.looseObject({
  cpus: z.int().optional(),
  memoryBytes: z.number().optional(),
  node: z.string().optional(),
  machine: MachineReport.optional().catch(undefined),
  /** Set while a person waits for a new report. */
  askedAt: z.string().optional(),
});

export const AskExamination = z.strictObject({});

/** A worker process as System health shows it. */
export interface WorkerView {
  id: string;
  host: string;
  pid: number;
  startedAt: Date;
  /** Since it last reported. */
  silentMs: number;
  /** Null until it has examined its machine. */
  machine: MachineReport | null;
}

/** What the database and the object store say of an installation. */
export interface InstallationFacts {
  /** Major and minor, e.g. `18.1`. */
  postgres: string;
  /** The database's clock less this process's. */
  clockSkewMs: number;
  /** Names of migrations that wait; null where the schema cannot be used, with the reason. */
  migrations: { pending: string[] } | { refused: string };
  queue: {
    waiting: number;
    running: number;
    /** Failed in the last 24 hours. */
    failed: number;
    /** Of the job that waits longest; null where none waits. */
    oldestWaitingMs: number | null;
    /** Jobs that the queue has given up after too many deaths of their worker. */
    givenUp: number;
  };
  workers: WorkerView[];
  /** Bytes on the data folder's disk, as this process sees it; null where it cannot be told. */
  disk: MachineReport["disk"];
  /** Bases that models stand on and the model in production, each file held against its hash. */
  files: { what: FindingPart; state: "intact" | "missing" | "damaged" }[];
  /** The model in production; null for none. */
  production: { number: number; base: string } | null;
  /** Slices that the model in production could not predict: how many, and why, one of them. */
  unpredicted: { slices: number; example: Message | null };
  /** Audit events that no seal holds yet: how long the oldest of them has waited; null where there is none. */
  oldestUnsealedMs: number | null;
  /** What is set for new runs, and whether production's base has that form. */
  precision: { wanted: "f32" | "int8"; available: boolean };
}
