import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import path from "node:path";
import pLimit from "p-limit";
import { programFile } from "@/lib/platform/program-file";
import { ImageError } from "@/lib/science/imaging/image-problem";
import type { Examinations } from "./examine-image";
import { type Answer, type Request, tooMuchMemory } from "./messages";

/*
 * A file from outside may make the decoder take all memory, never end, or crash. It is decoded in a process of its own, one
 * file at a time, so that such a file costs that process and its own row, and nothing else (docs/decisions/0025).
 *
 * Processes begin when there is work for them and end when there was none for a while. `tinypool` and `jest-worker` keep
 * processes too; neither says which file one died of, nor ends one by its memory.
 */

/** What one file may take. */
export interface Limits {
  /** Bytes of the process that decodes it. */
  memory: number;
  milliseconds: number;
}
/** The largest image takes a third of that memory, and three seconds on a slow machine. */
const usual: Limits = { memory: 1536 * 2 ** 20, milliseconds: 30_000 };
const idleMs = 30_000;

/** How the program is run. */
interface Program {
  file: string;
  execArgv: string[];
  cwd?: string;
}

const ownFile = programFile(import.meta.filename, "decode-images.ts", "decode-images");
const ownProgram: Program = {
  file: ownFile,
  // Node runs the source with the help of tsx, which it finds from the project's folder.
  ...(ownFile.endsWith(".ts")
    ? { execArgv: ["--import", "tsx"], cwd: path.resolve(import.meta.dirname, "../../../..") }
    : { execArgv: [] }),
};

export interface ImageProcesses {
  /** Throws `ImageError` for a file that cannot be decoded; any other error is the machine's. */
  examine<Kind extends keyof Examinations>(kind: Kind, bytes: Uint8Array): ReturnType<Examinations[Kind]>;
}

export function makeImageProcesses({
  atOnce = Math.max(1, Math.min(4, availableParallelism())),
  limits = usual,
  program = ownProgram,
}: {
  atOnce?: number;
  limits?: Limits;
  program?: Program;
} = {}): ImageProcesses {
  const idle: { child: ChildProcess; end: NodeJS.Timeout }[] = [];
  const inTurn = pLimit(atOnce);

  async function withProcess<Result>(work: (child: ChildProcess) => Promise<Result>): Promise<Result> {
    const child = takeIdle() ?? (await begin(program, limits));
    try {
      return await work(child);
    } finally {
      if (child.connected && child.exitCode === null) putBack(child);
    }
  }
  function takeIdle(): ChildProcess | undefined {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.end);
      if (kept.child.connected && kept.child.exitCode === null) return kept.child;
    }
    return undefined;
  }
  function putBack(child: ChildProcess) {
    const end = setTimeout(() => {
      const at = idle.findIndex((kept) => kept.child === child);
      idle.splice(at, 1);
      child.disconnect();
    }, idleMs);
    // Neither keeps this process alive.
    end.unref();
    idle.push({ child, end });
  }

  async function examine<Kind extends keyof Examinations>(kind: Kind, bytes: Uint8Array) {
    const attempt = () => inTurn(() => withProcess((child) => ask(child, { kind, bytes }, limits)));
    const first = await attempt();
    // A process may die of something else than its file. A file that two die of is to blame.
    const found = "died" in first ? await attempt() : first;
    if ("died" in found) throw new ImageError({ code: "decoder-died", how: found.died });
    if ("problem" in found) throw new ImageError(found.problem);
    if ("fault" in found) throw new Error(found.fault);
    return found.facts as Awaited<ReturnType<Examinations[Kind]>>;
  }
  return { examine: examine as ImageProcesses["examine"] };
}

type Found = Exclude<Answer, { ready: true }> | { died: string };

/** The answer of a process that may die, or be killed for the time it takes. */
async function ask(child: ChildProcess, request: Request, limits: Limits): Promise<Found> {
  const seconds = Math.round(limits.milliseconds / 1000);
  return new Promise((resolve) => {
    const settle = (found: Found) => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      child.off("error", onError);
      child.unref();
      child.channel?.unref();
      resolve(found);
    };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limits.milliseconds);
    const onMessage = (answer: Answer) => settle(answer as Found);
    const onError = (error: Error) => settle({ died: error.message });
    const onExit = (code: number | null, signal: string | null) => {
      if (isLate) settle({ problem: { code: "decoding-too-long", seconds } });
      else if (code === tooMuchMemory)
        settle({ problem: { code: "decoding-too-large", bytes: limits.memory } });
      else settle({ died: signal ?? `code ${code}` });
    };
    child.ref();
    child.channel?.ref();
    child.on("message", onMessage);
    child.on("error", onError);
    child.on("exit", onExit);
    child.send(request, (error) => error && child.kill("SIGKILL"));
  });
}

/** Starts a process. Throws where it does not come up: then the machine is to blame, and no file. */
async function begin({ file, execArgv, cwd }: Program, limits: Limits): Promise<ChildProcess> {
  const child = fork(file, [String(limits.memory)], {
    execArgv: [...execArgv, "--max-old-space-size=512"],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // Whoever breaks into a decoder finds no password here.
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
    ...(cwd ? { cwd } : {}),
  });
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`the process that decodes images did not start (${signal ?? `code ${code}`})`);
  });
  await Promise.race([once(child, "message"), ended]);
  ended.catch(() => {});
  return child;
}

/** Those of this process; a test of limits makes its own. */
export const imageProcesses = makeImageProcesses();
