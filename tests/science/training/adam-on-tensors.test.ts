import { expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { adamStep } from "@/lib/science/training/adam";
import { adamTensorStep } from "@/lib/science/training/adam-on-tensors";
import { normal, seededRandom } from "@/lib/science/training/random";

it("is on tensors the step that Adam does on arrays, with weight decay and without", async () => {
  const { tf } = await pickBackend();
  for (const weightDecay of [0, 0.01]) {
    const random = seededRandom(5);
    const draw = () => Float32Array.from({ length: 50 }, () => normal(random));
    const options = { learningRate: 0.01, weightDecay };
    const parameters = draw();
    const moments = { first: new Float32Array(50), second: new Float32Array(50) };
    const before = tf.memory().numTensors;
    let tensors = {
      value: tf.tensor(parameters.slice()),
      first: tf.zeros([50]),
      second: tf.zeros([50]),
    } as Parameters<typeof adamTensorStep>[1];
    for (let step = 1; step <= 20; step++) {
      const gradient = draw();
      adamStep(parameters, gradient, moments, step, options);
      const slope = tf.tensor(gradient);
      const next = adamTensorStep(tf, tensors, slope, step, options);
      tf.dispose([slope, tensors.value, tensors.first, tensors.second]);
      tensors = next;
    }
    const value = tensors.value.dataSync();
    for (const [index, expected] of parameters.entries()) expect(value[index]).toBeCloseTo(expected, 5);
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([tensors.value, tensors.first, tensors.second]);
  }
});
