import { type ParseArgsConfig, parseArgs } from "node:util";
import { stopTestDatabase } from "../../bin/setup/test-database.mjs";
import type { BenchOptions, BenchResult, LatencyResult, TextResult } from "./measure";

/**
 * `npm run --silent bench -- NAME [--json]`: measures ours beside a bare reference. Without a name, lists the benches.
 * `kill`, `cancel` and `corrections` also take `--data ZIP`, `kill` `--kills N` and `--heads K`.
 */
interface Bench {
  bench(options: BenchOptions): Promise<BenchResult | LatencyResult | TextResult>;
}
const benches: Record<string, { about: string; load(): Promise<Bench> }> = {
  embed: {
    about: "milliseconds a slice through the backbone by batch and threads, beside bare ONNX Runtime",
    load: () => import("./embed"),
  },
  import: {
    about: "seconds to import a data set, beside unpacking and decoding its files",
    load: () => import("./import"),
  },
  cancel: {
    about: "seconds from cancelling a training run to its end, in each phase",
    load: () => import("./cancel"),
  },
  kill: {
    about: "kill -9 at random moments of a training run, beside the figures of an undisturbed one",
    load: () => import("./kill"),
  },
  predict: {
    about: "slices predicted a second, beside the bare network on ready tensors",
    load: () => import("./predict"),
  },
  retrain: {
    about: "seconds to retrain on cached features, beside a bare fit of the same head",
    load: () => import("./retrain"),
  },
  corrections: {
    about: "seconds to retrain after 1, 20 and 200 corrections, by phase, and with as many new images",
    load: () => import("./corrections"),
  },
  protocol: {
    about: "how the protocol was chosen: every change of it by cross-validation, on the shared set",
    load: () => import("./protocol"),
  },
  mutations: {
    about: "damaged inputs of every accepted kind: taken, refused, faults, hangs (--count N, 10,000)",
    load: () => import("./mutations"),
  },
  scale: {
    about: "milliseconds of pages and saves on 10,000 to 1,000,000 made-up slices (--slices N, --plans)",
    load: () => import("./scale"),
  },
  viewer: {
    about: "milliseconds from key or pointer to picture, beside a bare canvas",
    load: () => import("./viewer"),
  },
};

function usage(problem: string): never {
  console.error(`${problem}\nUsage: npm run --silent bench -- NAME [--json]`);
  process.exit(2);
}

function parse() {
  const options = {
    json: { type: "boolean", default: false },
    data: { type: "string" },
    kills: { type: "string" },
    heads: { type: "string" },
    slices: { type: "string" },
    count: { type: "string" },
    plans: { type: "boolean" },
    only: { type: "string" },
  } satisfies ParseArgsConfig["options"];
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return usage((error as Error).message);
  }
}

function latencyTable({ name, unit, rows }: LatencyResult): string {
  const cells = [
    [`${name} (${unit})`, "ours p50", "p95", "reference p50", "p95", "ratio", "n", "goal"],
    ...rows.map(({ what, goal, runs, ours, reference, ratio }) => [
      what,
      ...[ours.p50, ours.p95, reference.p50, reference.p95, ratio].map((value) => value.toFixed(1)),
      String(runs),
      goal,
    ]),
  ];
  const width = (column: number) => Math.max(...cells.map((row) => row[column]!.length));
  return cells
    .map(([what, ...others]) =>
      [what!.padEnd(width(0)), ...others.map((cell, at) => cell.padStart(width(at + 1)))].join("  "),
    )
    .join("\n");
}

function table({ name, unit, ours, reference, ratio, runs, peakMemoryMb }: BenchResult): string {
  const line = (what: string, value: string) => `  ${what.padEnd(12)}${value.padStart(10)}`;
  return [
    `${name} (median of ${runs} runs each)`,
    line("ours", `${ours.toFixed(2)} ${unit}`),
    line("reference", `${reference.toFixed(2)} ${unit}`),
    line("ratio", ratio.toFixed(2)),
    line("peak memory", `${peakMemoryMb} MB`),
  ].join("\n");
}

const { values, positionals } = parse();
const [name, ...rest] = positionals;
if (rest.length > 0) usage(`What is "${rest[0]}"?`);
if (!name) {
  for (const [known, { about }] of Object.entries(benches)) console.log(`${known.padEnd(10)}${about}`);
  process.exit(0);
}
const found = benches[name];
if (!found) usage(`There is no bench called "${name}"; there are ${Object.keys(benches).join(", ")}.`);

const result = await (await found.load()).bench(values);
await stopTestDatabase();
const text =
  "lines" in result ? result.lines.join("\n") : "rows" in result ? latencyTable(result) : table(result);
console.log(values.json ? JSON.stringify(result) : text);
// A GPU backend would keep the process.
process.exit();
