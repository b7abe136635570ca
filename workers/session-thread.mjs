import { parentPort, workerData } from "node:worker_threads";
import * as ort from "onnxruntime-node";

/** The other side of threaded-session.ts. Plain JavaScript, so that a thread needs no loader of ours. */

const { graphPath, options } = workerData;
const session = await ort.InferenceSession.create(graphPath, options);

parentPort.on("message", async ({ id, input, outputs }) => {
  if (id === undefined) {
    await session.release();
    parentPort.close();
    return;
  }
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
});
parentPort.postMessage({ outputNames: session.outputNames });
