import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { CONV5_LENGTH } from "@/lib/science/network/class-activation";
import { FEATURE_LENGTH, HEAD_CLASSES, type HeadWeights } from "@/lib/science/network/head";
import { headToOnnx } from "@/lib/science/network/head-to-onnx";
import { type Precision, rangesOf } from "@/lib/science/network/int8-base";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import { IMAGE_LENGTH, IMAGE_SIZE, NETWORK_INPUT } from "@/lib/science/network/network-node";
import { readSafetensorsMetadata } from "@/lib/science/network/safetensors";
import { type BackboneOutput, GRAPH_VERSION } from "@/lib/science/network/to-onnx";
import { openKeptGraph } from "./backbone-graph";
import { hasExactInt8 } from "./has-exact-int8";
import { type Input, ThreadedSession } from "./threaded-session";

const MASK_LENGTH = MASK_SIZE * MASK_SIZE;

/** What embedding asks of a graph that can give it: conv5 is 16 times as large as the features that are its means. */
const EMBEDDING_OUTPUTS = ["features", "mask", "gap"] as const satisfies BackboneOutput[];

export interface InferenceSettings {
  /** The base network's safetensors file. */
  readonly basePath: string;
  /** A folder of one's own, in which graphs made of a base are kept between starts. */
  readonly cacheFolder: string;
  /** Threads within one operator; 1 where several workers share the machine. */
  readonly threads?: number;
  /** Images in one pass of the backbone. */
  readonly batchSize?: number;
}

/** What the base says of N images. */
export interface Embedding {
  /** `[N, 8192]` */
  readonly features: Float32Array;
  /** `[N, 64, 64]`, logits; null where the base proposes no masks */
  readonly maskLogits: Float32Array | null;
  /** `[N]`, the base's own class score, logits; null where it has none */
  readonly gapLogits: Float32Array | null;
}

interface BaseFacts {
  readonly baseSha256: string;
  readonly precision: Precision;
}

/** A head ready to be run. */
export interface HeadSession {
  /** `features` `[N, 8192]` to logits `[N, 2]` (no tumor, tumor). Throws a `RangeError` for another length. */
  predictLogits(features: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface EmbedOptions {
  /** Looked at between batches; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called, and awaited, after each batch with the images done so far. */
  readonly onBatch?: (done: number) => void | Promise<void>;
}

/**
 * Opens the base network for inference. The ONNX graph is made once of a base's weights and kept in `cacheFolder`
 * under the hash of both; several processes may open the same one at once. Throws an `Error` in words where the
 * base cannot be read or does not fit the network.
 */
export async function openInference(settings: InferenceSettings): Promise<Inference> {
  const base = await readFile(settings.basePath);
  const baseSha256 = createHash("sha256").update(base).digest("hex");
  const threads = settings.threads ?? 1;
  const graphPath = path.join(settings.cacheFolder, `${baseSha256}-${GRAPH_VERSION}.onnx`);

  const backbone = await openKeptGraph(graphPath, base, (graph) =>
    ThreadedSession.open(graph, sessionOptions(threads)),
  );
  const precision = rangesOf(readSafetensorsMetadata(base)) ? "int8" : "f32";
  return new Inference(backbone, { baseSha256, precision }, threads, settings.batchSize ?? 8);
}

/** The base network, and heads that stand on it, run by ONNX Runtime on the CPU. */
export class Inference {
  #backboneRuns = 0;

  /** Opened by `openInference`. */
  constructor(
    private readonly backbone: ThreadedSession,
    private readonly base: BaseFacts,
    private readonly threads: number,
    private readonly batchSize: number,
  ) {}

  /** SHA-256 of the base's file, in hexadecimal digits: features belong to it. */
  get baseSha256(): string {
    return this.base.baseSha256;
  }

  /** What the backbone computes with. */
  get precision(): Precision {
    return this.base.precision;
  }

  /** Images that have gone through the backbone since it was opened. */
  get backboneRuns(): number {
    return this.#backboneRuns;
  }

  /** Whether the base can give this of an image. */
  gives(output: BackboneOutput): boolean {
    return this.backbone.outputNames.includes(output);
  }

  /**
   * Runs the backbone on `[N, 256, 256, 3]` RGB images, batch by batch: bytes 0..255, or floats already divided by
   * 255. Throws a `RangeError` for another length and the signal's reason between batches.
   */
  async embed(pixels: Float32Array | Uint8Array, { signal, onBatch }: EmbedOptions = {}): Promise<Embedding> {
    const images = countOf(pixels, IMAGE_LENGTH, "pixels");
    const features = new Float32Array(images * FEATURE_LENGTH);
    const maskLogits = this.gives("mask") ? new Float32Array(images * MASK_LENGTH) : null;
    const gapLogits = this.gives("gap") ? new Float32Array(images) : null;
    const asked = EMBEDDING_OUTPUTS.filter((output) => this.gives(output));

    for (let start = 0; start < images; start += this.batchSize) {
      signal?.throwIfAborted();
      const end = Math.min(start + this.batchSize, images);
      const batch = pixels.subarray(start * IMAGE_LENGTH, end * IMAGE_LENGTH);
      const outputs = await this.backbone.run(imageOf(batch), asked);
      features.set(outputs.features!, start * FEATURE_LENGTH);
      maskLogits?.set(outputs.mask!, start * MASK_LENGTH);
      gapLogits?.set(outputs.gap!, start);
      this.#backboneRuns += end - start;
      await onBatch?.(end);
    }
    return { features, maskLogits, gapLogits };
  }

  /**
   * The last stage's output of one image, `[8, 8, 2048]`; `pixels` are `[256, 256, 3]` as for `embed`. Costs as much as
   * embedding the image: ONNX Runtime runs the whole graph whatever is asked of it. Throws a `RangeError` for another
   * length.
   */
  async conv5(pixels: Float32Array | Uint8Array): Promise<Float32Array> {
    if (pixels.length !== IMAGE_LENGTH)
      throw new RangeError(`${pixels.length} pixels are not an image of ${IMAGE_LENGTH}`);
    const { conv5 } = await this.backbone.run(imageOf(pixels), ["conv5"]);
    if (conv5!.length !== CONV5_LENGTH) throw new Error("The network gave a conv5 of another size");
    this.#backboneRuns++;
    return conv5!;
  }

  /** Makes a head ready to be run. Throws a `RangeError` where its layers do not fit each other. */
  async headSession(head: HeadWeights): Promise<HeadSession> {
    const session = await ort.InferenceSession.create(headToOnnx(head), sessionOptions(this.threads));
    return {
      async predictLogits(features) {
        const count = countOf(features, FEATURE_LENGTH, "features");
        if (count === 0) return new Float32Array(0);
        const tensor = new ort.Tensor("float32", features, [count, FEATURE_LENGTH]);
        const logits = floatsOf(await session.run({ features: tensor }), "logits");
        if (logits.length !== count * HEAD_CLASSES.length)
          throw new Error("The head gave another number of logits");
        return logits.slice();
      },
      close: () => session.release(),
    };
  }

  /** Frees the network's memory; nothing can be run afterwards. */
  close(): Promise<void> {
    return this.backbone.close();
  }
}

/**
 * Without spinning: idle threads would take the cores that other processes need. int8 sums must not saturate on processors
 * without VNNI (ONNX Runtime's own way round costs the whole gain of int8, so it is asked for on those alone).
 */
export const sessionOptions = (threads: number): ort.InferenceSession.SessionOptions => ({
  executionProviders: ["cpu"],
  executionMode: "sequential",
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: "all",
  extra: { session: { intra_op: { allow_spinning: "0" }, x64quantprecision: hasExactInt8() ? "0" : "1" } },
});

function countOf(values: { length: number }, each: number, what: string): number {
  const count = values.length / each;
  if (!Number.isInteger(count))
    throw new RangeError(`${values.length} ${what} are not a multiple of ${each}`);
  return count;
}

/** Of `[N, 256, 256, 3]` bytes or floats; a copy. */
function imageOf(pixels: Float32Array | Uint8Array): Input {
  const values = new Float32Array(pixels);
  if (pixels instanceof Uint8Array) for (let index = 0; index < values.length; index++) values[index]! /= 255;
  return {
    name: NETWORK_INPUT,
    shape: [pixels.length / IMAGE_LENGTH, IMAGE_SIZE, IMAGE_SIZE, 3],
    values,
  };
}

function floatsOf(outputs: ort.InferenceSession.ReturnType, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new Error(`The network gave no ${name}`);
}
