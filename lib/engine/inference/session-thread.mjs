import { parentPort, workerData } from "node:worker_threads";
import * as ort from "onnxruntime-node";

/** The other side of threaded-session.ts. Plain JavaScript, so that a thread needs no loader of ours. */

const { graphPath, options } = workerData;
const session = await ort.InferenceSession.create(graphPath, options);

/** One after the other: a release does not overtake a run. */
let last = Promise.resolve();
parentPort.on("message", (message) => {
  last = last.then(() => (message.id === undefined ? end() : answer(message)));
});

async function answer({ id, input, outputs }) {
  try {
    const tensor = new ort.Tensor("float32", input.values, input.shape);
    const results = await session.run({ [input.name]: tensor }, outputs);
    const values = Object.fromEntries(outputs.map((name) => [name, results[name].data]));
    parentPort.postMessage(
      { id, values },
      Object.values(values).map(({ buffer }) => buffer),
    );
  } catch (error) {
    parentPort.postMessage({ id, error: error.message });
  }
}

async function end() {
  await session.release();
  parentPort.close();
}

parentPort.postMessage({ outputNames: session.outputNames });
