import { createHash } from "node:crypto";
import { invalid } from "@/lib/platform/errors";
import { INPUT_SIZE } from "@/lib/science/imaging/to-network-input";
import { floatToHalf, halfToFloat } from "@/lib/science/network/half";
import { CLASS_OUTPUT, MASK_OUTPUT, MASK_SIZE } from "@/lib/science/network/mask-decoder";
import { networkOf } from "@/lib/science/network/network-of";
import { readSafetensors, type StoredTensor, writeSafetensors } from "@/lib/science/network/safetensors";
import { checkWeights, type Weights } from "@/lib/science/network/weights";
import { type FineTuneEpoch, type FineTuneStep, fineTune } from "@/lib/science/training/fine-tune/fine-tune";
import type { FineTuneCheckpoint, ValidationFigures } from "@/lib/science/training/fine-tune/fine-tune-state";
import { measureFineTune } from "@/lib/science/training/fine-tune/measure-fine-tune";
import {
  type FineTuneNetwork,
  type FineTuneScope,
  learnsIn,
} from "@/lib/science/training/fine-tune/network-parts";
import type { FineTuneSet } from "@/lib/science/training/fine-tune/prepare-batch";
import { validateWeights } from "@/lib/science/training/fine-tune/validate-network";
import type { FineTuneOptions } from "@/lib/science/training/fitting-options";
import { type PickedBackend, pickBackend } from "../tensors/backend";
import { type FineTuneCost, fineTuneCost, refusedOnCpu, runsOnCpu, slicesAtOnce } from "./fine-tune-cost";

export interface FineTuneBackboneInput {
  /** The parent's safetensors file. */
  parent: Uint8Array;
  scope: FineTuneScope;
  options: FineTuneOptions;
  /** Of training and of validation patients: slices as the network reads them. */
  train: FineTuneSet;
  validation: FineTuneSet;
  /** Runs on a processor too, where it takes days. */
  force: boolean;
  /** Of an interrupted fine-tuning with the same input. */
  resumeFrom?: FineTuneCheckpoint;
  /**
   * Looked at before each pass through the network: a pass takes under a second on a GPU and some 3 to 6 seconds on a
   * processor core.
   */
  signal?: AbortSignal;
  /** What it is going to cost, once it is known; on a processor alone. */
  onCost?: (cost: FineTuneCost) => void | Promise<void>;
  onBefore?: (figures: ValidationFigures) => void | Promise<void>;
  /** `slicesPerSecond` is that of this process, validation left out. */
  onStep?: (step: FineTuneStep & { slicesPerSecond: number }) => void | Promise<void>;
  onEpoch?: (report: FineTuneEpoch) => void | Promise<void>;
  /** Called after each epoch and every two minutes: what `resumeFrom` takes. */
  saveCheckpoint?: (checkpoint: FineTuneCheckpoint) => Promise<void>;
}

export interface FineTunedBackbone {
  /**
   * The new base's safetensors file: the parent's names, order and types, the learned weights in place of the parent's.
   * Null where it is no better than the parent on the validation patients: then the parent stays.
   */
  file: { bytes: Uint8Array; sha256: string } | null;
  bestEpoch: number;
  epochs: number;
  /** Validation figures of the parent, and of the best epoch's weights as the file stores them. */
  before: ValidationFigures;
  after: ValidationFigures;
  backend: Pick<PickedBackend, "name" | "version">;
  /** Of this process: training slices a second without validation, and the most memory it has held. */
  slicesPerSecond: number | null;
  peakMemoryMb: number;
}

/** A killed worker costs at most this, or an epoch if that is shorter. */
const checkpointEveryMs = 120_000;

/**
 * Fine-tunes a base network with its mask decoder and its class score. The same input gives the same file on the same
 * backend, interrupted or not.
 *
 * Throws `unavailable` with the expected seconds on a processor, unless forced; `invalid` where the base has no mask
 * decoder or no class score; the signal's reason between two passes.
 */
export async function fineTuneBackbone(input: FineTuneBackboneInput): Promise<FineTunedBackbone> {
  const { scope, options, train, validation, force, resumeFrom, signal, saveCheckpoint } = input;
  const { tensors, metadata } = readSafetensors(input.parent);
  const network = fineTunableNetwork(tensors, scope);
  const { tf, name, version } = await pickBackend();
  const passes = { slicesAtOnce: slicesAtOnce(name), signal };

  if (runsOnCpu(name) && !(force && resumeFrom)) {
    const pace = await measureFineTune(tf, network, tensors, train, passes);
    const cost = fineTuneCost(pace, {
      trainingSlices: train.length,
      validationSlices: validation.length,
      maxEpochs: options.maxEpochs,
    });
    if (!force) throw refusedOnCpu(scope, cost);
    await input.onCost?.(cost);
  }

  const pace = paceClock();
  let savedAt = performance.now();
  const save = async (checkpoint: () => Promise<FineTuneCheckpoint>) => {
    await saveCheckpoint?.(await checkpoint());
    savedAt = performance.now();
  };
  const fitted = await fineTune(tf, {
    network,
    weights: tensors,
    train,
    validation,
    options,
    ...passes,
    resumeFrom,
    async onBefore(figures) {
      await input.onBefore?.(figures);
      pace.begin();
    },
    async onStep(step, checkpoint) {
      pace.count(step.batch);
      await input.onStep?.({ ...step, slicesPerSecond: pace.slicesPerSecond() ?? 0 });
      if (saveCheckpoint && performance.now() - savedAt > checkpointEveryMs) await save(checkpoint);
      pace.begin();
    },
    async onEpoch(report, checkpoint) {
      // The figures first: a worker killed in between repeats the epoch's end to the same ones.
      await input.onEpoch?.(report);
      if (saveCheckpoint) await save(checkpoint);
      pace.begin();
    },
  });

  const stored = asStored(tensors, fitted.weights);
  const passesOfAll = { ...passes, maskWeight: options.maskWeight };
  // Rounding to half precision must not cost what was gained: what is measured is what the file holds.
  const after =
    fitted.bestEpoch === 0
      ? fitted.before
      : await validateWeights(tf, network, stored, validation, passesOfAll);
  const bytes = after.loss < fitted.before.loss ? writeSafetensors(stored, metadata) : null;
  return {
    file: bytes && { bytes, sha256: createHash("sha256").update(bytes).digest("hex") },
    bestEpoch: fitted.bestEpoch,
    epochs: fitted.epochs,
    before: fitted.before,
    after,
    backend: { name, version },
    slicesPerSecond: pace.slicesPerSecond(),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function fineTunableNetwork(weights: Weights, scope: FineTuneScope): FineTuneNetwork {
  const { nodes, outputs } = networkOf(weights);
  if (!outputs.includes("mask") || !outputs.includes("gap")) {
    throw invalid("backbone", { code: "base-proposes-no-masks" });
  }
  checkWeights(weights, nodes);
  return {
    nodes,
    size: INPUT_SIZE,
    classOutput: CLASS_OUTPUT,
    maskOutput: MASK_OUTPUT,
    maskSize: MASK_SIZE,
    learns: learnsIn(scope),
  };
}

/** Weights in the parent's types: what a half cannot hold is rounded. */
function asStored(parent: ReadonlyMap<string, StoredTensor>, weights: Weights): Map<string, StoredTensor> {
  return new Map(
    [...parent].map(([name, { dtype, shape }]) => {
      const { values } = weights.get(name)!;
      return [name, { dtype, shape, values: dtype === "F16" ? halfToFloat(floatToHalf(values)) : values }];
    }),
  );
}

/** Counts training slices and the time that they took, without validation and checkpoints. */
function paceClock() {
  let begunAt = performance.now();
  let seconds = 0;
  let slices = 0;
  return {
    begin() {
      begunAt = performance.now();
    },
    count(batch: number) {
      seconds += (performance.now() - begunAt) / 1_000;
      slices += batch;
    },
    slicesPerSecond: () => (seconds > 0 ? slices / seconds : null),
  };
}
