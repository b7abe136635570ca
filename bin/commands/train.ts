import { findRun } from "@/lib/features/runs/find-run";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { systemActor } from "@/lib/records/access";
import type { TrainingParameters } from "@/lib/records/training-parameters";
import { sayNotes } from "@/lib/words/notes";
import { type Command, noArguments } from "./command";
import { findBaseByName } from "./find-base-by-name";
import { withInstallation } from "./installation";
import { parseOptions } from "./parse-options";
import { waitForJob } from "./wait-for-job";

export const train: Command = {
  usage:
    "train [--wait] [--cohort real|phantom] [--base BASE] [--backbone last-stage|all] [--force-cpu] [--seed N] [--reason TEXT]",
  summary: "queue a training run; with --wait until the candidate is there",
  options: {
    wait: { type: "boolean" },
    cohort: { type: "string" },
    seed: { type: "string" },
    reason: { type: "string" },
    base: { type: "string" },
    backbone: { type: "string" },
    "force-cpu": { type: "boolean" },
  },
  async run(options) {
    noArguments(options);
    const request = parseOptions(RequestTraining, {
      cohort: options.text("cohort")?.toUpperCase() as "REAL" | "PHANTOM" | undefined,
      seed: options.text("seed") === undefined ? undefined : Number(options.text("seed")),
      reason: options.text("reason"),
      parameters: {
        backbone: options.text("backbone") as TrainingParameters["backbone"] | undefined,
        forceCpu: options.flag("force-cpu"),
      },
    });
    const run = await withInstallation(async ({ ensureWorker }) => {
      const base = options.text("base");
      const chosen = base ? { baseSha256: (await findBaseByName(base)).sha256 } : {};
      const parameters = { ...request.parameters, ...chosen };
      const { runId, jobId } = await requestTraining(systemActor, { ...request, parameters });
      if (options.flag("wait")) {
        await ensureWorker();
        await waitForJob(jobId);
      }
      return findRun(systemActor, { runId });
    });
    const { number, id, modelNumber, secondsByPhase, clockSecondsByPhase, backboneRuns, split, notes } = run;
    options.print(
      {
        run: number,
        id,
        model: modelNumber,
        backend: run.backend?.name ?? null,
        epochs: run.epochs.length,
        backboneRuns,
        secondsByPhase,
        clockSecondsByPhase,
        split,
        notes: sayNotes(notes),
      },
      modelNumber === null
        ? `Run ${number} is queued`
        : `Run ${number} made model ${modelNumber}, a candidate`,
    );
  },
};
