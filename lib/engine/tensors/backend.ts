import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type * as tfjs from "@tensorflow/tfjs";
import { addConvolutionGradients } from "./convolution-gradients";
import { transposeBeforeMatMul } from "./transpose-before-mat-mul";

// CommonJS throughout: tfjs and its backends must share one tfjs-core, and a missing one must be catchable.
const require = createRequire(import.meta.url);

export type BackendName = "tfjs-node-gpu" | "tfjs-node" | "webgpu" | "wasm";

/** One backend that was looked at, and why it was taken or not. */
export interface ConsideredBackend {
  readonly name: BackendName;
  readonly taken: boolean;
  readonly reason: string;
}

/** TensorFlow.js on the backend that was taken. */
export interface PickedBackend {
  readonly tf: typeof tfjs;
  readonly name: BackendName;
  /** Version of TensorFlow.js. */
  readonly version: string;
  /** In the order in which they were tried; the last is the one taken. */
  readonly considered: readonly ConsideredBackend[];
}

/** Starts one backend and says with what; throws an `Error` whose message is the reason why it cannot be taken. */
type StartBackend = (tf: typeof tfjs) => Promise<string>;

const CANDIDATES: readonly (readonly [BackendName, StartBackend])[] = [
  ["tfjs-node-gpu", startNodeGpu],
  ["tfjs-node", startNode],
  ["webgpu", (tf) => startWebGpu(tf)],
  ["wasm", startWasm],
];

let picked: Promise<PickedBackend> | undefined;

/**
 * Picks the fastest backend of TensorFlow.js that this machine has, once in a process: tfjs-node-gpu, tfjs-node,
 * WebGPU on a real adapter, WebAssembly. tfjs-cpu is never taken: it is 25 times slower and has a wrong gradient.
 * A process that took WebGPU has to be ended by `process.exit`, because its device keeps Node alive.
 * Throws an `Error` with all reasons where none can be taken.
 */
export function pickBackend(): Promise<PickedBackend> {
  picked ??= tryInOrder();
  return picked;
}

/**
 * Starts one backend by its name, WebGPU also on a software adapter, which `pickBackend` never takes: to compare
 * backends. Once in a process. Throws an `Error` with the reason where it cannot be started.
 */
export async function startBackend(name: "webgpu" | "wasm"): Promise<typeof tfjs> {
  const tf: typeof tfjs = require("@tensorflow/tfjs");
  if (name === "wasm") await startWasm(tf);
  else await startWebGpu(tf, { takesSoftware: true });
  return tf;
}

async function tryInOrder(): Promise<PickedBackend> {
  const tf: typeof tfjs = require("@tensorflow/tfjs");
  const considered: ConsideredBackend[] = [];
  for (const [name, start] of CANDIDATES) {
    try {
      const reason = await start(tf);
      considered.push({ name, taken: true, reason });
      return { tf, name, version: tf.version.tfjs, considered };
    } catch (error) {
      considered.push({ name, taken: false, reason: reasonOf(error) });
    }
  }
  const reasons = considered.map(({ name, reason }) => `${name}: ${reason}`).join("; ");
  throw new Error(`No backend of TensorFlow.js can be used here (${reasons})`);
}

async function startNodeGpu(tf: typeof tfjs): Promise<string> {
  await startLibtensorflow(tf, "@tensorflow/tfjs-node-gpu");
  if (!usesGpu(tf)) throw new Error("its libtensorflow finds no GPU");
  return "libtensorflow on a GPU";
}

async function startNode(tf: typeof tfjs): Promise<string> {
  // The GPU package without a GPU is the same libtensorflow, and only one of the two can be loaded.
  if (tf.findBackend("tensorflow")) {
    await setBackend(tf, "tensorflow");
    return "libtensorflow of tfjs-node-gpu on the CPU";
  }
  await startLibtensorflow(tf, "@tensorflow/tfjs-node");
  return "libtensorflow on the CPU";
}

/** Loads an optional package: its absence and that of its native addon are both just a reason. */
async function startLibtensorflow(tf: typeof tfjs, packageName: string) {
  // Gone since Node 23, and still called by tfjs-node 4.
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = require("node:util");
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  require(packageName);
  await setBackend(tf, "tensorflow");
}

function usesGpu(tf: typeof tfjs): boolean {
  return (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}

/** What a probe in a process of its own says of the WebGPU adapter. */
interface Adapter {
  readonly isFallback: boolean;
  readonly description: string;
}

async function startWebGpu(tf: typeof tfjs, { takesSoftware = false } = {}): Promise<string> {
  const adapter = await probeAdapter();
  if (!adapter) throw new Error("no adapter (it needs libvulkan and a graphics driver)");
  if (!takesSoftware && (adapter.isFallback || isSoftware(adapter.description)))
    throw new Error(`only a software adapter (${adapter.description})`);

  const { create, globals } = (await import("webgpu")) as typeof import("webgpu");
  Object.assign(globalThis, globals);
  const navigator = { gpu: create([]), userAgent: "node" };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true, writable: true });
  require("@tensorflow/tfjs-backend-webgpu");
  await setBackend(tf, "webgpu");
  return adapter.description;
}

/** In a process of its own, because a graphics driver that fails may end the process that asked it. */
async function probeAdapter(): Promise<Adapter | null> {
  const probe = `
    const { create } = await import(${JSON.stringify(pathToFileURL(require.resolve("webgpu")).href)});
    const adapter = await create([]).requestAdapter({ powerPreference: "high-performance" });
    const info = adapter?.info;
    const words = info && [info.vendor, info.architecture, info.device, info.description];
    console.log(JSON.stringify(info ? {
      isFallback: Boolean(info.isFallbackAdapter ?? adapter.isFallbackAdapter),
      description: words.filter(Boolean).join(" "),
    } : null));
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", probe], {
    timeout: 30_000,
    env: { ...process.env, NODE_OPTIONS: "" },
  }).catch(() => {
    throw new Error("looking for an adapter failed");
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "null") as Adapter | null;
}

const isSoftware = (description: string) =>
  /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(description);

async function startWasm(tf: typeof tfjs): Promise<string> {
  const wasm: typeof import("@tensorflow/tfjs-backend-wasm") = require("@tensorflow/tfjs-backend-wasm");
  const packageFolder = path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  wasm.setWasmPaths(`${path.join(packageFolder, "wasm-out")}${path.sep}`);
  await setBackend(tf, "wasm");
  transposeBeforeMatMul(tf);
  addConvolutionGradients(tf);
  return "WebAssembly on the CPU, one thread";
}

async function setBackend(tf: typeof tfjs, name: string) {
  if (!(await tf.setBackend(name))) throw new Error("it did not start");
  await tf.ready();
}

/** Without paths of this machine, as the reason is kept with what is trained. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "MODULE_NOT_FOUND") return "not installed";
  if (message?.includes("native addon module")) return "installed without its native addon";
  return (message ?? String(error)).split("\n")[0] ?? "";
}
