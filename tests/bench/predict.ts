import "../support/database-for-tests";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { shippedBase } from "@/lib/engine/bases/base-network";
import { database, disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { dataFolder, getObject } from "@/lib/platform/storage";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { toNetworkInput } from "@/lib/science/imaging/to-network-input";
import { IMAGE_LENGTH, IMAGE_SIZE } from "@/lib/science/network/network-node";
import { GRAPH_VERSION } from "@/lib/science/network/to-onnx";
import { predictSlicesTask } from "@/workers/tasks/predict-slices";
import { forgetPredictions } from "../support/worker-process";
import { measure, seconds } from "./measure";
import { importBenchSlices, unwatched } from "./slices";

/**
 * Slices a second from stored files to saved predictions (reading, decoding, embedding, classifying, masks, database)
 * beside a bare ONNX Runtime loop over the same images as ready tensors: same graph, threads and batch.
 */
export async function bench() {
  await importBenchSlices();
  const slices = await database().slice.findMany({ orderBy: { id: "asc" } });
  const session = await openSession();
  const ours = async () => {
    await forgetAll();
    const took = await seconds(() => predictSlicesTask.run({}, { jobId: "", ...unwatched }));
    const saved = await database().prediction.count();
    if (saved !== slices.length) throw new Error(`${saved} of ${slices.length} predictions were saved`);
    return saved / took;
  };
  const reference = async () => {
    const batches = await tensors(slices.map(({ fileSha256 }) => fileSha256));
    return (
      slices.length /
      (await seconds(async () => {
        for (const image of batches) await session.run({ image });
      }))
    );
  };
  // The first pass of a session allocates its memory.
  const [image] = await tensors(slices.slice(0, env.batch).map(({ fileSha256 }) => fileSha256));
  await session.run({ image: image! });
  await (await shippedBase()).embed(new Uint8Array(env.batch * IMAGE_LENGTH));

  const result = await measure("predict", "slices/s", ours, reference);
  await session.release();
  await disconnect();
  return result;
}

async function openSession() {
  const { baseSha256 } = await shippedBase();
  const graph = path.join(await dataFolder("graphs"), `${baseSha256}-${GRAPH_VERSION}.onnx`);
  return ort.InferenceSession.create(graph, {
    executionProviders: ["cpu"],
    executionMode: "sequential",
    intraOpNumThreads: env.threads || availableParallelism(),
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
}

async function tensors(files: string[]): Promise<ort.Tensor[]> {
  const batches = [];
  for (let start = 0; start < files.length; start += env.batch) {
    const batch = files.slice(start, start + env.batch);
    const values = new Float32Array(batch.length * IMAGE_LENGTH);
    for (const [index, file] of batch.entries()) {
      const pixels = toNetworkInput(await decodeImage(await getObject(file)));
      for (const [at, value] of pixels.entries()) values[index * IMAGE_LENGTH + at] = value / 255;
    }
    batches.push(new ort.Tensor("float32", values, [batch.length, IMAGE_SIZE, IMAGE_SIZE, 3]));
  }
  return batches;
}

/** Removes the predictions, their masks and the features: all is made again. */
async function forgetAll() {
  const masks = await database().prediction.findMany({ select: { maskSha256: true } });
  for (const { maskSha256 } of masks)
    if (maskSha256)
      await rm(path.join(env.dataFolder, "objects", maskSha256.slice(0, 2), maskSha256), { force: true });
  await rm(path.join(env.dataFolder, "derived/features"), { recursive: true, force: true });
  await forgetPredictions();
}
