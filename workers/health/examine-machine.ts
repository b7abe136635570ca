import { readdirSync, statfsSync } from "node:fs";
import { arch, availableParallelism, cpus, hostname, platform, totalmem } from "node:os";
import * as ort from "onnxruntime-node";
import { pickBackend } from "@/lib/engine/tensors/backend";
import type { MachineReport } from "@/lib/features/system/schema";
import { env } from "@/lib/platform/env";
import { dataFolder } from "@/lib/platform/storage";
import { memoryLimit, readCpuLimit, readNvidiaDevices } from "./read-limits";
import { selfTest } from "./self-test";

/**
 * Looks at this machine: processor, memory, disk, devices, ONNX Runtime, backends of TensorFlow.js, and a self-test of
 * the network. Needs no database. Loads TensorFlow.js and starts a backend, so it belongs into a process of its own.
 */
export async function examineMachine(): Promise<MachineReport> {
  const threads = env.threads || availableParallelism();
  const total = totalmem();
  return {
    examinedAt: new Date().toISOString(),
    host: hostname(),
    platform: `${platform()} ${arch()}`,
    node: process.version,
    cpu: { model: cpus()[0]?.model.trim() || "unknown", cores: cpus().length || 1, limit: readCpuLimit() },
    memory: {
      total,
      available: Math.min(total, process.availableMemory()),
      limit: memoryLimit(process.constrainedMemory(), total),
    },
    disk: await freeDisk(),
    nvidia: readNvidiaDevices(listFolder),
    onnxRuntime: {
      version: ort.env.versions.node ?? ort.env.versions.common,
      providers: ort.listSupportedBackends().map(({ name, bundled }) => ({ name, bundled })),
      used: "cpu",
      threads,
      batch: env.batch,
    },
    backends: await considerBackends(),
    selfTest: await selfTest(await dataFolder("graphs"), threads),
  };
}

async function freeDisk(): Promise<MachineReport["disk"]> {
  try {
    const { bavail, blocks, bsize } = statfsSync(await dataFolder("."));
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

async function considerBackends(): Promise<MachineReport["backends"]> {
  try {
    return (await pickBackend()).considered.map((entry) => ({ ...entry }));
  } catch (error) {
    return [{ name: "all", taken: false, reason: (error as Error).message }];
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
