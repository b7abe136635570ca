import { baseOfRun } from "@/lib/engine/bases/base-of-run";
import { openBase } from "@/lib/engine/bases/open-base";
import { openClassifier } from "@/lib/engine/classifier/classifier";
import { stackFoldHeads } from "@/lib/engine/classifier/cross-fit";
import { learningSet } from "@/lib/engine/classifier/learning-set";
import { cardOf } from "@/lib/engine/classifier/model-card";
import { scoreBesideProduction } from "@/lib/engine/classifier/score-beside-production";
import { readEmbedded, slicesOf } from "@/lib/engine/embedding/embedded-snapshot";
import { unseenTestSet } from "@/lib/engine/embedding/unseen-test-set";
import { finishRun } from "@/lib/features/runs/finish-run";
import { finishModelJob } from "@/lib/features/runs/jobs";
import { readFittedHeads } from "@/lib/features/runs/read-fitted-heads";
import { beginPhase } from "@/lib/features/runs/record-phase";
import type { TrainingPhase } from "@/lib/features/runs/schema";
import { hashesOfPatients } from "@/lib/features/snapshots/hashes-of-patients";
import { type AnySnapshotSlice, readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { putObject } from "@/lib/platform/storage";
import { Backend } from "@/lib/records/json-columns";
import { servingModel } from "@/lib/records/serving-model";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { encodeClassifier } from "@/lib/science/network/classifier-artifact";
import { UNCALIBRATED } from "@/lib/science/training/calibrate";
import { loadHead, removeRunFiles } from "../run-files";
import { trainingStep } from "../training-step";

/**
 * Makes a run's candidate of its fitted heads: stack, calibrate, evaluate beside production, register.
 *
 * Safe to repeat: nothing is written before the candidate is registered, in one transaction with the end of the run,
 * and the same artifact is the same model. Stops between these phases.
 */
export const finishModelTask = trainingStep(
  finishModelJob,
  async ({ step, signal, progress, log, worked }) => {
    const { run } = step;
    const snapshotId = run.snapshotId!;
    const parameters = TrainingParameters.parse(run.parameters);
    let phase: TrainingPhase = "calibrate";
    const begin = async (next: TrainingPhase) => {
      await worked(phase);
      phase = next;
      signal.throwIfAborted();
      const isBegun = await beginPhase(run.id, next);
      if (!isBegun) log("the run has ended or is to stop; nothing is registered");
      return isBegun;
    };
    if (!(await begin("calibrate"))) return;
    progress(0, 4, { code: "reading-heads" });
    const heads = await Promise.all(
      (await readFittedHeads(run.id)).map((sha256) => loadHead(run.id, sha256)),
    );
    const base = await baseOfRun(run);
    const inference = await openBase(base.sha256);
    const slices = await readSnapshot(snapshotId);
    const embedded = await readEmbedded(inference, slicesOf(slices, "learning"), signal);
    const set = learningSet(embedded, base.fittedOn, parameters, run.seed);
    progress(1, 4, { code: "stacking-heads" });
    const stacked = await stackFoldHeads(
      set,
      heads.map(({ head }) => head),
      parameters,
      signal,
    );

    if (!(await begin("evaluate"))) return;
    progress(2, 4, { code: "scoring-test-patients" });
    const split = await hashesOfPatients(snapshotId);
    const { test, production } = await testSet(slices, { snapshotId, baseSha256: base.sha256 });
    const scored =
      test.length > 0
        ? await scoreBesideProduction(
            inference,
            () => openClassifier(inference, stacked.weights),
            stacked.threshold,
            production,
            test,
            signal,
          )
        : null;

    if (!(await begin("register"))) return;
    progress(3, 4, { code: "entering-candidate" });
    const artifactSha256 = await putObject(
      encodeClassifier(stacked.weights, {
        base: base.sha256,
        run: run.id,
        threshold: String(stacked.threshold),
      }),
    );
    await worked("register");
    const modelId = await finishRun(
      step,
      snapshotId,
      {
        artifactSha256,
        baseSha256: base.sha256,
        cohort: run.cohort,
        threshold: stacked.threshold,
        temperature: UNCALIBRATED.temperature,
        patients: split,
        card: {
          ...cardOf(stacked, heads, set.folds),
          base: base.name,
          baseSha256: base.sha256,
          seed: run.seed,
          parameters,
          backend: fittedWith(run.backend),
        },
        runId: run.id,
      },
      scored,
    );
    if (!modelId) return log("the run has ended; nothing is registered");
    log(`run ${run.number} has made its candidate`);
    await removeRunFiles(run.id);
  },
);

/**
 * What a candidate is tested on, and the model it is tested beside. Production may have seen test patients that the
 * candidate has not, as where it was promoted in the middle of the run: they do not count. Where it has seen all of them,
 * the candidate is tested alone, and the gate says that the two cannot be compared.
 */
async function testSet(
  slices: readonly AnySnapshotSlice[],
  candidate: { snapshotId: string; baseSha256: string },
) {
  const production = await servingModel();
  const shared = production ? await unseenTestSet(slices, { ...candidate, modelIds: [production.id] }) : [];
  return shared.length > 0
    ? { test: shared, production }
    : { test: slicesOf(slices, "test"), production: null };
}

/** What the card says of the backend: which one it was, not what else was considered. */
function fittedWith(backend: unknown) {
  const known = Backend.parse(backend);
  return known && { name: known.name, version: known.version };
}
