import { availableParallelism } from "node:os";
import { env } from "@/lib/platform/env";
import { unavailable } from "@/lib/platform/errors";
import { dataFolder, hasObject, objectPath } from "@/lib/platform/storage";
import { type Inference, openInference } from "../inference/inference";

/** Networks that a process keeps open, about 0.3 GB each: a run's and production's. */
const maxOpen = 2;

/** By hash, the one used longest ago first. */
const opened = new Map<string, Promise<Inference>>();

/**
 * A base of the registry, ready to embed; the same one for all who ask while it is kept open. The first call of an
 * installation makes its ONNX graph. The base used longest ago is let go, never closed: a job may still be at work
 * with it, and its memory is freed with the last reference to it.
 *
 * Throws `unavailable` where its file is missing or damaged.
 */
export function openBase(sha256: string): Promise<Inference> {
  const base = opened.get(sha256) ?? open(sha256);
  opened.delete(sha256);
  opened.set(sha256, base);
  for (const oldest of opened.keys()) {
    if (opened.size <= maxOpen) break;
    opened.delete(oldest);
  }
  base.catch(() => {
    if (opened.get(sha256) === base) opened.delete(sha256);
  });
  return base;
}

async function open(sha256: string): Promise<Inference> {
  if (!hasObject(sha256)) throw unavailable({ code: "base-not-installed", sha256 });
  const inference = await openInference({
    basePath: objectPath(sha256),
    cacheFolder: await dataFolder("graphs"),
    threads: env.threads || availableParallelism(),
    batchSize: env.batch,
  });
  if (inference.baseSha256 === sha256) return inference;
  await inference.close();
  throw unavailable({ code: "base-damaged", sha256, found: inference.baseSha256 });
}
