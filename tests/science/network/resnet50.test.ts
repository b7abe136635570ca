import { describe, expect, it } from "vitest";
import { maskDecoder } from "@/lib/science/network/mask-decoder";
import { inputsOf, NETWORK_INPUT, type NetworkNode } from "@/lib/science/network/network-node";
import { resnet50, STAGE_OUTPUT } from "@/lib/science/network/resnet50";
import { weightShapes } from "@/lib/science/network/weights";

const parameters = (nodes: NetworkNode[]) =>
  nodes
    .flatMap(weightShapes)
    .reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);

describe("ResNet50", () => {
  it("has the 23,587,712 parameters that Keras-applications reports without top", () => {
    expect(parameters(resnet50())).toBe(23_587_712);
  });

  it("has Keras' 53 convolutions, names, and the stride in a stage's first 1 x 1", () => {
    const convolutions = resnet50().filter((node) => node.kind === "convolution");
    expect(convolutions).toHaveLength(53);
    const strided = convolutions.filter(({ stride }) => stride === 2).map(({ name }) => name);
    expect(strided).toEqual([
      "conv1_conv",
      ...["conv3", "conv4", "conv5"].flatMap((stage) => [`${stage}_block1_0_conv`, `${stage}_block1_1_conv`]),
    ]);
    expect(convolutions.at(-1)!.name).toBe("conv5_block3_3_conv");
  });

  it("makes with its decoder the 24,630,754 parameters of the shipped base", () => {
    expect(parameters([...resnet50(), ...maskDecoder()])).toBe(24_630_754);
  });

  it("names each step once, after the steps that feed it, and has the stages' outputs", () => {
    const known = new Set([NETWORK_INPUT]);
    for (const node of [...resnet50(), ...maskDecoder()]) {
      for (const input of inputsOf(node)) expect(known).toContain(input);
      expect(known).not.toContain(node.name);
      known.add(node.name);
    }
    for (const output of Object.values(STAGE_OUTPUT)) expect(known).toContain(output);
  });
});
