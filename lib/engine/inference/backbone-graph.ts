import { randomUUID } from "node:crypto";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { rangesOf } from "@/lib/science/network/int8-base";
import { networkOf } from "@/lib/science/network/network-of";
import { quantizeGraph } from "@/lib/science/network/quantize-graph";
import { readSafetensors } from "@/lib/science/network/safetensors";
import { toOnnx } from "@/lib/science/network/to-onnx";
import { checkWeights } from "@/lib/science/network/weights";

/**
 * The ONNX graph of a base's safetensors file, in the precision that it is to be run in. Throws an `Error` in words
 * where the base cannot be read or does not fit the network.
 */
export function backboneGraph(base: Uint8Array): Uint8Array {
  const { tensors, metadata } = readSafetensors(base);
  const { nodes, outputs } = networkOf(tensors);
  checkWeights(tensors, nodes);
  const graph = toOnnx(nodes, tensors, outputs);
  const ranges = rangesOf(metadata);
  return ranges ? quantizeGraph(graph, ranges) : graph;
}

/**
 * Opens the graph that is kept at `graphPath` by `open`, after making it where it is missing or cannot be opened.
 * Several processes may do so at once. Throws as `backboneGraph` and `open` do.
 */
export async function openKeptGraph<Opened>(
  graphPath: string,
  base: Uint8Array,
  open: (graphPath: string) => Promise<Opened>,
): Promise<Opened> {
  if (await exists(graphPath)) {
    try {
      return await open(graphPath);
    } catch {
      // A power cut can leave a file with its name and without its content: it is made again.
    }
  }
  await writeGraph(graphPath, base);
  return open(graphPath);
}

/** Writes under a name of its own first, so that no other process ever opens half a graph. */
async function writeGraph(graphPath: string, base: Uint8Array) {
  const graph = backboneGraph(base);
  await mkdir(path.dirname(graphPath), { recursive: true });
  const unfinished = `${graphPath}.${randomUUID()}`;
  try {
    await writeFile(unfinished, graph);
    await rename(unfinished, graphPath);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
