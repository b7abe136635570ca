import "../support/database-for-tests";
import type * as TensorFlow from "@tensorflow/tfjs";
import { shippedBase } from "@/lib/engine/bases/base-network";
import { embedSlices } from "@/lib/engine/embedding/embed-slices";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { isLabelled, readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { database, disconnect } from "@/lib/platform/database";
import type { Cohort, Split } from "@/lib/platform/generated/enums";
import { systemActor } from "@/lib/records/access";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { FEATURE_LENGTH, HEAD } from "@/lib/science/network/head";
import type { LabelledFeatures } from "@/lib/science/training/fit-head";
import { runSteps } from "../support/run-steps";
import { measure, seconds } from "./measure";
import { importBenchSlices, unwatched } from "./slices";

/** Both fit all of them: a fit does not stop early within its patience. */
const maxEpochs = 10;
const parameters = TrainingParameters.parse({ maxEpochs, patience: maxEpochs });

/**
 * Seconds of a whole retraining with cached features (snapshot, reading features, fit with its checkpoints,
 * calibration, evaluation beside production, registration) beside bare TensorFlow.js fits of as many
 * such heads, for as many epochs, on the same backend and features.
 */
export async function bench() {
  const { cohort } = await importBenchSlices();
  const first = await retrain(cohort);
  const snapshotId = first.snapshotId!;
  const heads = new Set(first.epochs.map(({ head }) => head)).size;
  const train = await featuresOf(snapshotId, "TRAIN");
  const validation = await featuresOf(snapshotId, "VALIDATION");
  const { tf } = await pickBackend();

  const ours = async () => {
    let run: Awaited<ReturnType<typeof retrain>>;
    const took = await seconds(async () => {
      run = await retrain(cohort);
    });
    if (run!.backboneRuns > 0) throw new Error("not every feature was cached");
    if (run!.epochs.length !== heads * maxEpochs) throw new Error("not every epoch was fitted");
    return took;
  };
  const result = await measure("retrain", "s", ours, () =>
    seconds(async () => {
      for (let head = 0; head < heads; head++) await bareFit(tf, train, validation);
    }),
  );
  await disconnect();
  return result;
}

async function retrain(cohort: Cohort) {
  const { runId } = await requestTraining(
    systemActor,
    RequestTraining.parse({ cohort, parameters, seed: 1 }),
  );
  await runSteps(runId, unwatched);
  return database().trainingRun.findUniqueOrThrow({ where: { id: runId }, include: { epochs: true } });
}

async function featuresOf(snapshotId: string, split: Split): Promise<LabelledFeatures> {
  const slices = (await readSnapshot(snapshotId)).filter(isLabelled).filter((slice) => slice.split === split);
  const features = new Float32Array(slices.length * FEATURE_LENGTH);
  let row = 0;
  for await (const window of embedSlices(await shippedBase(), slices, unwatched.signal))
    for (const { embedding } of window) features.set(embedding.features, row++ * FEATURE_LENGTH);
  return { features, truth: Uint8Array.from(slices, ({ truth }) => truth) };
}

async function bareFit(tf: typeof TensorFlow, train: LabelledFeatures, validation: LabelledFeatures) {
  const [inputs, ...widths] = HEAD.widths;
  const model = tf.sequential();
  for (const [index, units] of widths.entries()) {
    const isLast = index === widths.length - 1;
    const inputShape = index === 0 ? [inputs] : undefined;
    model.add(tf.layers.dense({ units, inputShape, activation: isLast ? "softmax" : "relu" }));
    if (!isLast) model.add(tf.layers.dropout({ rate: parameters.dropout }));
  }
  const optimizer = tf.train.adam(parameters.learningRate);
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  const tensorsOf = ({ features, truth }: LabelledFeatures) => [
    tf.tensor2d(features, [truth.length, inputs]),
    tf.tidy(() => tf.oneHot(tf.tensor1d(truth, "int32"), 2)),
  ];
  const [x, y, ...validationData] = [...tensorsOf(train), ...tensorsOf(validation)];
  await model.fit(x!, y!, {
    epochs: maxEpochs,
    batchSize: parameters.batchSize,
    validationData: validationData as [TensorFlow.Tensor, TensorFlow.Tensor],
    verbose: 0,
  });
  tf.dispose([x!, y!, ...validationData]);
  optimizer.dispose();
  model.dispose();
}
