import { invalid } from "@/lib/platform/errors";
import { makePhantomPatient } from "@/lib/science/imaging/phantom";
import type { BaseFile } from "@/lib/science/network/read-base-file";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { resnet50 } from "@/lib/science/network/resnet50";
import { toLayers } from "@/lib/science/network/to-layers";
import type { Inference } from "../inference/inference";
import { pickBackend } from "../tensors/backend";
import type { GoldenOutputs } from "./read-golden";

/** Relative difference at which two implementations count as one network. */
const selfCheckLimit = 1e-4;
const goldenLimit = 1e-5;

/**
 * Runs a fixed image through the base as it trains (tf.layers) and as it infers (ONNX Runtime); returns the relative
 * difference of their conv5. Throws `invalid` where they differ by more than 1e-4 or give nothing: then the weights are
 * none that a ResNet50 was trained to.
 */
export async function selfCheckBase({ weights }: BaseFile, inference: Inference): Promise<number> {
  const { slices } = makePhantomPatient(1, 0);
  const { image } = slices[Math.floor(slices.length / 2)]!;
  const inferred = await inference.conv5(image);
  if (!inferred.every(Number.isFinite) || !inferred.some((value) => value !== 0))
    throw invalid("file", { code: "base-gives-no-values" });

  const { tf } = await pickBackend();
  const model = toLayers(tf, resnet50(), weights);
  try {
    const trained = tf.tidy(() =>
      (
        model.predict(tf.tensor(image, [1, 256, 256, 3], "float32").div(255)) as ReturnType<typeof tf.tensor>
      ).dataSync(),
    );
    const difference = relativeDifference(inferred, trained);
    if (difference <= selfCheckLimit) return difference;
    throw invalid("file", { code: "base-trains-otherwise", difference, limit: selfCheckLimit });
  } finally {
    model.dispose();
  }
}

/**
 * Holds what the base says of a golden file's images against what the file says; returns the relative difference of
 * each output. Throws `invalid` where one is more than 1e-5 or the base cannot give it.
 */
export async function compareWithGolden(
  inference: Inference,
  { images, outputs }: GoldenOutputs,
): Promise<Record<string, number>> {
  const { features, maskLogits, gapLogits } = await inference.embed(images);
  const given = { features, mask: maskLogits, gap: gapLogits };
  const differences: Record<string, number> = {};
  for (const [name, expected] of outputs) {
    const values = given[name];
    if (!values) throw invalid("golden", { code: "golden-holds-more", output: name });
    if (values.length !== expected.length)
      throw invalid("golden", { code: "golden-length", output: name, values: expected.length });
    differences[name] = relativeDifference(values, expected);
  }
  const far = Object.entries(differences).filter(([, difference]) => !(difference <= goldenLimit));
  if (far.length === 0) return differences;
  throw invalid("golden", {
    code: "golden-differs",
    outputs: far.map(([output, difference]) => ({ output, difference })),
    limit: goldenLimit,
  });
}
