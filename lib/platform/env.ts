import path from "node:path";
import { z } from "zod";

/** The only reader of the environment. What is missing or malformed is said in one sentence. */
const Environment = z.object({
  /** Postgres, e.g. `postgresql://user:password@host:5432/sulcus`. */
  DATABASE_URL: z.string().min(1, "DATABASE_URL is not set: start Sulcus with `npm start`"),
  /** Folder of uploads, objects and caches. */
  SULCUS_DATA: z.string().default(".data"),
  /** The address people use, as the operator gave it in NEXTAUTH_URL; empty where it was not given. */
  SULCUS_ADDRESS: z.string().default(""),
  NODE_ENV: z.string().default("development"),
  /** Images the backbone takes at once. */
  SULCUS_BATCH: z.coerce.number().int().min(1).max(64).default(4),
  /** Processor threads of one inference session; 0 lets the worker choose. */
  SULCUS_THREADS: z.coerce.number().int().min(0).max(256).default(0),
  /** Whether a worker examines its machine after its start; when a person asks it does so always. */
  SULCUS_EXAMINE: z.enum(["0", "1"], "SULCUS_EXAMINE is 0 or 1").default("1"),
  /** What the base of new training runs computes with (docs/decisions/0010-int8.md). */
  SULCUS_PRECISION: z.enum(["f32", "int8"], "SULCUS_PRECISION is f32 or int8").default("f32"),
  /** Largest archive that may be uploaded, in bytes. */
  SULCUS_UPLOAD_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .default(64 * 2 ** 30),
  /** How much of a figure a candidate may lose at most, as the lower end of an interval; 0 or less. */
  SULCUS_GATE_MARGIN: z.coerce
    .number("SULCUS_GATE_MARGIN is not a number")
    .min(-1, "SULCUS_GATE_MARGIN is below -1")
    .max(0, "SULCUS_GATE_MARGIN is above 0: it says how much a figure may be lower, as in -0.01")
    .default(-0.01),
});

let parsed: z.infer<typeof Environment> | undefined;

function environment() {
  if (!parsed) {
    const result = Environment.safeParse(process.env);
    if (!result.success) throw new Error(result.error.issues.map((issue) => issue.message).join("; "));
    parsed = result.data;
  }
  return parsed;
}

export const env = {
  get databaseUrl() {
    return environment().DATABASE_URL;
  },
  /** Absolute path. */
  get dataFolder() {
    return path.resolve(environment().SULCUS_DATA);
  },
  get address() {
    return environment().SULCUS_ADDRESS;
  },
  get production() {
    return environment().NODE_ENV === "production";
  },
  get batch() {
    return environment().SULCUS_BATCH;
  },
  get threads() {
    return environment().SULCUS_THREADS;
  },
  get examinesMachine() {
    return environment().SULCUS_EXAMINE === "1";
  },
  get precision() {
    return environment().SULCUS_PRECISION;
  },
  /** Bytes. */
  get uploadLimit() {
    return environment().SULCUS_UPLOAD_LIMIT;
  },
  get gateMargin() {
    return environment().SULCUS_GATE_MARGIN;
  },
};
