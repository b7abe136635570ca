import { z } from "zod";

/** How a finding stands: nothing to do, a warning, or an error. */
export const findingStates = ["good", "look", "broken"] as const;
export type FindingState = (typeof findingStates)[number];

/** One thing that was examined. */
export interface Finding {
  /** The part of the page that it belongs to. */
  group: "Machine" | "Network" | "Training" | "Database" | "Work" | "Models";
  /** What was examined, e.g. `Memory`. */
  name: string;
  state: FindingState;
  /** What was found, in a sentence. */
  says: string;
  /** What to do about it; null where nothing is to be done. */
  todo: string | null;
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
  files: { what: string; state: "intact" | "missing" | "damaged" }[];
  /** The model in production; null for none. */
  production: { number: number; base: string } | null;
  /** Slices that the model in production could not predict: how many, and why, one of them. */
  unpredicted: { slices: number; example: string | null };
  /** Audit events that no seal holds yet: how long the oldest of them has waited; null where there is none. */
  oldestUnsealedMs: number | null;
  /** What is set for new runs, and whether production's base has that form. */
  precision: { wanted: "f32" | "int8"; available: boolean };
}
