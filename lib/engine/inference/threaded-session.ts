import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { InferenceSession } from "onnxruntime-node";

/** A named float32 tensor. */
export interface Input {
  readonly name: string;
  readonly shape: readonly number[];
  /** Handed over to the thread: not to be used afterwards. */
  readonly values: Float32Array<ArrayBuffer>;
}

interface Asked {
  resolve(values: Record<string, Float32Array>): void;
  reject(error: Error): void;
}

type Answer = { id: number } & ({ values: Record<string, Float32Array> } | { error: string });

/** Ends the thread of one that was let go without `close`: a thread would outlive the last reference to it. */
const forgotten = new FinalizationRegistry<Worker>((worker) => worker.postMessage({}));

/**
 * A session of ONNX Runtime in a thread of its own. onnxruntime-node's `run` does not return before it is done; here it
 * holds up neither the process's heartbeats nor a cancel. Runs are done one after the other, in the order asked.
 */
export class ThreadedSession {
  readonly #worker: Worker;
  readonly #asked: Map<number, Asked>;
  #ids = 0;

  private constructor(
    worker: Worker,
    asked: Map<number, Asked>,
    /** What the graph can give. */
    readonly outputNames: readonly string[],
  ) {
    this.#worker = worker;
    this.#asked = asked;
    forgotten.register(this, worker, this);
  }

  /** Opens a graph. Throws an `Error` where it cannot be read. */
  static async open(graphPath: string, options: InferenceSession.SessionOptions): Promise<ThreadedSession> {
    const worker = new Worker(new URL("./session-thread.mjs", import.meta.url), {
      workerData: { graphPath, options },
      // Loaders of the process are of no use to it.
      execArgv: [],
    });
    const [{ outputNames }] = (await once(worker, "message")) as [{ outputNames: string[] }];
    const asked = new Map<number, Asked>();
    listen(worker, asked);
    worker.unref();
    return new ThreadedSession(worker, asked, outputNames);
  }

  /** Computes these outputs of the graph. Throws an `Error` where it fails or the thread has ended. */
  run(input: Input, outputs: readonly string[]): Promise<Record<string, Float32Array>> {
    return new Promise((resolve, reject) => {
      if (this.#worker.threadId === -1) return reject(new Error("the network was closed"));
      const id = this.#ids++;
      this.#asked.set(id, { resolve, reject });
      this.#worker.ref(); // what was asked is waited for
      this.#worker.postMessage({ id, input, outputs }, [input.values.buffer]);
    });
  }

  /** Frees the session's memory once everything asked is done. */
  async close(): Promise<void> {
    forgotten.unregister(this);
    if (this.#worker.threadId === -1) return;
    this.#worker.ref();
    this.#worker.postMessage({});
    await once(this.#worker, "exit");
  }
}

/** Apart from the class, since a listener that knew the instance would keep it for ever. */
function listen(worker: Worker, asked: Map<number, Asked>) {
  worker.on("message", (answer: Answer) => {
    const { resolve, reject } = asked.get(answer.id)!;
    asked.delete(answer.id);
    if (asked.size === 0) worker.unref();
    if ("values" in answer) resolve(answer.values);
    else reject(new Error(answer.error));
  });
  let cause: unknown;
  worker.on("error", (error) => {
    cause = error;
  });
  worker.on("exit", () => {
    for (const { reject } of asked.values()) reject(new Error("the network's thread has ended", { cause }));
    asked.clear();
  });
}
