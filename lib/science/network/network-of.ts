import { CLASS_OUTPUT, maskDecoder } from "./mask-decoder";
import type { NetworkNode } from "./network-node";
import { resnet50 } from "./resnet50";
import type { BackboneOutput } from "./to-onnx";
import type { Weights } from "./weights";

/** A base network's steps, and what a graph made of them can give. */
export interface BaseNetwork {
  readonly nodes: NetworkNode[];
  readonly outputs: BackboneOutput[];
}

/**
 * The network that weights are of, told by their names: ResNet50, with the mask decoder where any weight of it is
 * there, and with the class unit where any of that is. Whether all of a part are there, `checkWeights` says. `backbone`
 * is the definition that they are held against.
 */
export function networkOf(weights: Weights, backbone: NetworkNode[] = resnet50()): BaseNetwork {
  const has = (prefix: string) => [...weights.keys()].some((name) => name.startsWith(prefix));
  const [mask, gap] = [has("decoder/"), has(`${CLASS_OUTPUT}/`)];
  const extra = maskDecoder().filter(({ name }) => (name === CLASS_OUTPUT ? gap : mask));
  const outputs: BackboneOutput[] = ["features", "conv5"];
  if (mask) outputs.push("mask");
  if (gap) outputs.push("gap");
  return { nodes: [...backbone, ...extra], outputs };
}
