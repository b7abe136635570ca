import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { readBaseCard, shippedBase } from "@/lib/engine/bases/base-network";
import { simulateActiveLearning } from "@/lib/engine/classifier/simulate-active-learning";
import { archivePatients } from "@/lib/engine/embedding/archive-patients";
import { type EmbeddedArchiveSlice, embedArchive } from "@/lib/engine/embedding/embedded-archive";
import { readLabelledArchive } from "@/lib/engine/embedding/labelled-archive";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { splitSeed } from "@/lib/features/snapshots/take-snapshot";
import { TrainingParameters } from "@/lib/records/training-parameters";
import {
  medianToReach,
  type SimulationFigures,
  simulationFigures,
} from "@/lib/science/active-learning/simulation-figures";
import { simulationSvg } from "@/lib/science/active-learning/simulation-svg";
import type { Figure } from "@/lib/science/metrics/figure";
import { splitByPatient } from "@/lib/science/training/split-by-patient";
import { sayOfFile } from "@/lib/words/files";
import { type Command, callersPath, noArguments, progressLine, UsageError } from "./command";
import { parseOptions } from "./parse-options";

const Simulate = z.strictObject({
  seeds: z.coerce.number().int().min(1).max(20).default(3),
  first: z.coerce.number().int().min(2).max(10_000).default(12),
  batch: z.coerce.number().int().min(1).max(10_000).default(16),
  rounds: z.coerce.number().int().min(1).max(1000).default(4),
  /** Fewer than a training run's are quicker. */
  heads: z.coerce.number().int().min(2).max(20).default(TrainingParameters.parse({}).heads),
});

/** Which slices should be labelled next? Replays the labelling of a labelled set with each strategy. */
export const simulate: Command = {
  usage:
    "simulate --data ARCHIVE [--out FOLDER] [--seeds N] [--first N] [--batch N] [--rounds N] [--heads N]",
  summary: "replay which slices to label first on a labelled set (docs/active-learning.md)",
  options: {
    data: { type: "string" },
    out: { type: "string" },
    seeds: { type: "string" },
    first: { type: "string" },
    batch: { type: "string" },
    rounds: { type: "string" },
    heads: { type: "string" },
  },
  async run(options) {
    noArguments(options);
    const data = options.text("data");
    if (!data) throw new UsageError("--data is needed");
    const { seeds, first, batch, rounds, heads } = parseOptions(Simulate, {
      seeds: options.text("seeds"),
      first: options.text("first"),
      batch: options.text("batch"),
      rounds: options.text("rounds"),
      heads: options.text("heads"),
    });
    const out = options.text("out");
    process.env.SULCUS_DATA ??= path.resolve(".data");
    process.env.DATABASE_URL ??= "none: this command needs no database";

    const stop = new AbortController();
    process.once("SIGINT", () =>
      stop.abort(new Error("Interrupted: nothing was written; features of the images are kept")),
    );
    const show = progressLine();
    const startedAt = Date.now();
    const { signal } = stop;
    const { slices, skipped } = await unseenSlices(callersPath(data), show, signal);
    for (const { file, reason } of skipped) options.say(`left out: ${file} ${sayOfFile(reason)}`);
    const embeddedAt = Date.now();
    const parameters = TrainingParameters.parse({ heads });
    const asked = {
      initial: first,
      batch,
      rounds,
      seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    };
    const runs = await simulateActiveLearning(
      await shippedBase(),
      slices,
      { parameters, ...asked },
      { signal, onProgress: (done, total) => show(progress(done, total, embeddedAt)) },
    );
    show("intervals");
    const figures = simulationFigures(runs);
    const backend = await pickBackend();
    const result = {
      ...figures,
      asked,
      parameters,
      base: (await readBaseCard()).name,
      backend: { name: backend.name, version: backend.version },
      seconds: Math.round((Date.now() - startedAt) / 1000),
    };
    show("");
    if (out) {
      const folder = callersPath(out);
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "simulation.json"), `${JSON.stringify(result, null, 1)}\n`);
      await writeFile(path.join(folder, "simulation.svg"), simulationSvg(figures));
    }
    options.print(result, forPeople(figures));
  },
};

/**
 * The slices of the patients that neither the base nor the product's test knows: nothing is chosen by what the test
 * patients would say.
 */
async function unseenSlices(file: string, show: (text: string) => void, signal: AbortSignal) {
  const { seenPatients } = await readBaseCard();
  const seen = new Set(seenPatients);
  const archive = await readLabelledArchive(file);
  const all: EmbeddedArchiveSlice[] = [];
  const embedding = embedArchive(
    archive,
    await shippedBase(),
    (done, total) => show(`embedding ${done} of ${total}`),
    { keep: true, signal },
  );
  for await (const study of embedding) all.push(...study);
  const { roles } = splitByPatient(archivePatients(all, seen), splitSeed);
  const slices = all.filter(({ hashedKey }) => !seen.has(hashedKey) && roles.get(hashedKey) !== "test");
  return { slices, skipped: archive.skipped };
}

function progress(done: number, total: number, begunAt: number): string {
  const left = ((Date.now() - begunAt) / done) * (total - done);
  return `model ${done} of ${total}, about ${Math.ceil(left / 60_000)} min left`;
}

function forPeople({ patients, slices, seeds, folds, full, ways }: SimulationFigures): string {
  const width = Math.max(...ways.map(({ name }) => name.length));
  return [
    `Each of ${patients} patients (${slices} slices) was judged by models of others: ${folds} folds, ${seeds} ${seeds === 1 ? "seed" : "seeds"}; 95 % patient bootstrap`,
    `all ${Math.round(full.labelled)} slices labelled: AUC ${inWords(full.auc)}`,
    `${"".padEnd(width)}  mean AUC over the rounds   minus random                slices to 99 %`,
    ...ways.map(({ name, aucArea, aucAreaMinusRandom, labelledTo99 }) => {
      const reached = medianToReach(labelledTo99);
      return `${name.padEnd(width)}  ${inWords(aucArea)}    ${inWords(aucAreaMinusRandom).padEnd(26)}  ${reached === null ? "not reached" : Math.round(reached)}`;
    }),
  ].join("\n");
}

function inWords({ value, low, high }: Figure): string {
  const interval = low === null || high === null ? "no interval" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
  return `${value === null ? "-" : value.toFixed(4)} (${interval})`;
}
