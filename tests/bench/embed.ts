import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { basePath } from "@/lib/engine/bases/base-network";
import { shippedInt8Form } from "@/lib/engine/bases/int8-base";
import { readLabelledArchive } from "@/lib/engine/embedding/labelled-archive";
import { type Inference, openInference, sessionOptions } from "@/lib/engine/inference/inference";
import { env } from "@/lib/platform/env";
import { IMAGE_LENGTH, IMAGE_SIZE } from "@/lib/science/network/network-node";
import { GRAPH_VERSION } from "@/lib/science/network/to-onnx";
import { copyPhantoms } from "../support/phantom-set";
import { sharedFile } from "../support/shared-data";
import { type LatencyResult, type LatencyRow, latencyRow, seconds } from "./measure";

/** Images on which each setting is tried, and how often. */
const tried = 32;
const rounds = 3;
const batches = [1, 2, 4, 8, 16];
const outputs = ["features", "mask", "gap"];

/**
 * Milliseconds a slice through the backbone by batch and threads, beside a bare ONNX Runtime loop over the same images
 * as ready tensors; its int8 form and two networks of one thread at once beside one of two; and the whole set from the archive's bytes
 * to embeddings. `goal` names the processor time of ours, which tells more than the clock on a busy machine.
 */
export async function bench(): Promise<LatencyResult> {
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-embed-"));
  const archive = sharedFile("data/lgg-mri-segmentation.zip") ?? (await copyPhantoms(folder)).folder;
  const settings = { basePath, cacheFolder: path.join(folder, "graphs") };
  const images = await readImages(archive);
  const some = spread(images, tried);
  const rows: LatencyRow[] = [];
  for (const threads of [1, 2]) {
    const inference = await openInference({ ...settings, threads });
    const bare = await openBare(settings.cacheFolder, inference.baseSha256, threads);
    await inference.close();
    for (const batchSize of batches) {
      const ours = await openInference({ ...settings, threads, batchSize });
      rows.push(
        await compare(`batch ${batchSize}, ${inWords(threads)}`, some, [ours], () => bare(some, batchSize)),
      );
      await ours.close();
    }
  }
  process.env.DATABASE_URL ??= "none: this bench needs no database";
  const batchSize = env.batch;
  const open = (threads: number) => openInference({ ...settings, threads, batchSize });
  const two = [await open(1), await open(1)];
  const bare = await openBare(settings.cacheFolder, two[0]!.baseSha256, 2);
  const int8 = path.join(folder, "int8.safetensors");
  await writeFile(int8, await shippedInt8Form());
  const integers = await openInference({ ...settings, basePath: int8, threads: 2, batchSize });
  rows.push(
    await compare(`int8, batch ${batchSize}, 2 threads`, some, [integers], () => bare(some, batchSize)),
    await compare(`two of 1 thread, batch ${batchSize}`, some, two, () => bare(some, batchSize)),
    await wholeSet(archive, images, await open(2), () => bare(images, batchSize)),
  );
  await rm(folder, { recursive: true });
  return { name: "embed", unit: "ms", rows };
}

const inWords = (threads: number) => (threads === 1 ? "1 thread" : `${threads} threads`);

/** The images shared out among `networks` at once, beside `reference`, in turn. */
async function compare(
  what: string,
  images: Uint8Array[],
  networks: Inference[],
  reference: () => Promise<number>,
) {
  const share = Math.ceil(images.length / networks.length);
  const parts = networks.map((_, index) => join(images.slice(index * share, (index + 1) * share)));
  const work = () => Promise.all(networks.map((network, index) => network.embed(parts[index]!)));
  await work(); // the first pass of a session allocates its memory
  const [our, their, cpu]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    our.push((1_000 * (await seconds(work))) / images.length);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1_000 / images.length);
    their.push((1_000 * (await reference())) / images.length);
  }
  return latencyRow(what, `${Math.min(...cpu).toFixed(0)} ms of processor`, our, their);
}

/** Reading, checking, decoding and embedding every slice of the archive, once. */
async function wholeSet(
  archive: string,
  images: Uint8Array[],
  network: Inference,
  reference: () => Promise<number>,
) {
  let count = 0;
  const took = await seconds(async () => {
    const slices = await readLabelledArchive(archive);
    for await (const window of slices.windows()) {
      await network.embed(join(window.map(({ input }) => input)));
      count += window.length;
    }
  });
  const each = (all: number) => [(1_000 * all) / images.length];
  const what = `whole set of ${count} slices, from the archive`;
  return latencyRow(what, `${took.toFixed(1)} s in all`, each(took), each(await reference()));
}

/** A bare loop: gives the seconds that the network's runs took. */
async function openBare(cacheFolder: string, baseSha256: string, threads: number) {
  const graph = path.join(cacheFolder, `${baseSha256}-${GRAPH_VERSION}.onnx`);
  const session = await ort.InferenceSession.create(graph, sessionOptions(threads));
  return async (images: Uint8Array[], batchSize: number) => {
    let took = 0;
    for (let start = 0; start < images.length; start += batchSize) {
      const batch = images.slice(start, start + batchSize);
      const values = Float32Array.from(join(batch), (value) => value / 255);
      const image = new ort.Tensor("float32", values, [batch.length, IMAGE_SIZE, IMAGE_SIZE, 3]);
      took += await seconds(() => session.run({ image }, outputs));
    }
    return took;
  };
}

async function readImages(archive: string): Promise<Uint8Array[]> {
  const images = [];
  const slices = await readLabelledArchive(archive);
  for await (const window of slices.windows()) for (const { input } of window) images.push(input);
  return images;
}

const spread = <T>(all: T[], count: number) =>
  Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor((index * all.length) / count)]!,
  );

function join(images: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(images.length * IMAGE_LENGTH);
  for (const [index, image] of images.entries()) all.set(image, index * IMAGE_LENGTH);
  return all;
}
