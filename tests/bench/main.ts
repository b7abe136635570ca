import { type ParseArgsConfig, parseArgs } from "node:util";
import { stopTestDatabase } from "../../bin/setup/test-database.mjs";
import type { BenchResult } from "./measure";

/** `npm run --silent bench -- NAME [--json]`: measures ours beside a bare reference. Without a name, lists the benches. */
const benches: Record<string, { about: string; load(): Promise<{ bench(): Promise<BenchResult> }> }> = {
  import: {
    about: "seconds to import a data set, beside unpacking and decoding its files",
    load: () => import("./import"),
  },
  predict: {
    about: "slices predicted a second, beside the bare network on ready tensors",
    load: () => import("./predict"),
  },
  retrain: {
    about: "seconds to retrain on cached features, beside a bare fit of the same head",
    load: () => import("./retrain"),
  },
};

function usage(problem: string): never {
  console.error(`${problem}\nUsage: npm run --silent bench -- NAME [--json]`);
  process.exit(2);
}

function parse() {
  const options = { json: { type: "boolean", default: false } } satisfies ParseArgsConfig["options"];
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return usage((error as Error).message);
  }
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

const result = await (await found.load()).bench();
await stopTestDatabase();
console.log(values.json ? JSON.stringify(result) : table(result));
// A GPU backend would keep the process.
process.exit(0);
