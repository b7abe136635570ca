import * as ort from "onnxruntime-node";
import type { Ranges } from "@/lib/science/network/int8-base";
import { IMAGE_LENGTH, IMAGE_SIZE, NETWORK_INPUT } from "@/lib/science/network/network-node";
import { exposeValues, type ValueRange, valuesToCalibrate } from "@/lib/science/network/quantize-graph";
import { IMAGE_VALUE } from "@/lib/science/network/to-onnx";
import { backboneGraph } from "../inference/backbone-graph";
import { sessionOptions } from "../inference/inference";

/**
 * The smallest and largest value that each step of a base takes on `images` (`[256, 256, 3]`, bytes), one image after
 * the other: what int8 needs to know of it. Least and largest did as well as clipped ranges (docs/decisions/0010-int8.md).
 * Throws as `backboneGraph` does, and a `RangeError` without an image.
 */
export async function measureRanges(
  base: Uint8Array,
  images: readonly Uint8Array[],
  onImage: (done: number) => void = () => {},
): Promise<Ranges> {
  if (images.length === 0) throw new RangeError("no image to measure the ranges on");
  const graph = backboneGraph(base);
  const names = valuesToCalibrate(graph);
  const session = await ort.InferenceSession.create(exposeValues(graph, names), {
    ...sessionOptions(1),
    // An optimizer would fuse steps and lose the values between them.
    graphOptimizationLevel: "disabled",
  });
  const ranges = new Map<string, ValueRange>();
  for (const [index, pixels] of images.entries()) {
    if (pixels.length !== IMAGE_LENGTH) throw new RangeError(`image ${index + 1} has another size`);
    const values = Float32Array.from(pixels, (value) => value / 255);
    const image = new ort.Tensor("float32", values, [1, IMAGE_SIZE, IMAGE_SIZE, 3]);
    for (const [name, { data }] of Object.entries(await session.run({ [NETWORK_INPUT]: image })))
      ranges.set(name, widen(ranges.get(name), data as Float32Array));
    onImage(index + 1);
    // So that the process's heartbeats go on.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await session.release();
  // Any image may have a white pixel, whatever these had.
  ranges.set(IMAGE_VALUE, { low: 0, high: 1 });
  return ranges;
}

function widen(range: ValueRange | undefined, values: Float32Array): ValueRange {
  let { low, high } = range ?? { low: values[0]!, high: values[0]! };
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
