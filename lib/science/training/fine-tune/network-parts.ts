import { inputsOf, NETWORK_INPUT, type NetworkNode } from "../../network/network-node";
import { weightShapes } from "../../network/weights";

/** A network that can be fine-tuned, and what of it learns. */
export interface FineTuneNetwork {
  /** All steps, in order. */
  nodes: readonly NetworkNode[];
  /** Rows and columns of its input, `[N, size, size, 3]`. */
  size: number;
  /** The step that gives the class's logit, `[N]`. */
  classOutput: string;
  /** The step that gives the mask's logits, `[N, maskSize, maskSize, 1]`; `size` is a multiple of `maskSize`. */
  maskOutput: string;
  maskSize: number;
  /** Whether the weights of a step learn. A convolution and its normalization learn together or not at all. */
  learns: (step: string) => boolean;
}

/** How much of the base network learns: its last stage (conv5) or all of it; the mask decoder and `gap` do always. */
export type FineTuneScope = "last-stage" | "all";

/** Whether the weights of a step of the base learn. */
export function learnsIn(scope: FineTuneScope): (step: string) => boolean {
  return scope === "all" ? () => true : (step) => /^(conv5_|decoder\/|gap$)/.test(step);
}

export interface NetworkParts {
  /** Steps that no learning weight has a say in: they run once a batch, without gradients. */
  fixed: NetworkNode[];
  /** What the others read of them, and of the image. */
  border: string[];
  /** The rest. */
  learning: NetworkNode[];
  /** Names of the weights that learn, in the network's order: kernels, biases, gammas and betas. */
  learningWeights: string[];
}

/** Parts a network into what stays and what learns. Throws an `Error` where nothing learns. */
export function networkParts({ nodes, learns }: FineTuneNetwork): NetworkParts {
  const isLearning = new Set<string>();
  const learningWeights: string[] = [];
  for (const node of nodes) {
    const shapes = weightShapes(node);
    if (shapes.length > 0 && learns(node.name)) {
      isLearning.add(node.name);
      // Running statistics are no parameters: they belong to the images that the base was first trained on.
      const own = shapes.filter(({ kind }) => !kind.startsWith("moving_"));
      learningWeights.push(...own.map(({ kind }) => `${node.name}/${kind}`));
    }
    if (inputsOf(node).some((input) => isLearning.has(input))) isLearning.add(node.name);
  }
  if (learningWeights.length === 0) throw new Error("No weight of the network is to learn");

  const learning = nodes.filter(({ name }) => isLearning.has(name));
  const border = new Set(learning.flatMap((node) => inputsOf(node)).filter((name) => !isLearning.has(name)));
  const wanted = new Set([...border].filter((name) => name !== NETWORK_INPUT));
  const fixed = nodes
    .toReversed()
    .filter((node) => {
      if (!wanted.has(node.name)) return false;
      for (const input of inputsOf(node)) wanted.add(input);
      return true;
    })
    .reverse();
  return { fixed, border: [...border], learning, learningWeights };
}
