import type * as tfjs from "@tensorflow/tfjs";

const patched = new WeakSet<object>();

interface GradientAttributes {
  strides: number | [number, number];
  pad: "valid" | "same" | number;
  dataFormat: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * Gives the WebAssembly backend the gradients of a 2-d convolution, so that the fine-tuning of the backbone runs on
 * it as on a GPU. The backend has none for the kernel (Conv2DBackpropFilter), and its own for the input is a naive
 * loop. Both are composed here of the backend's fast parts: the kernel's gradient is the matrix product of the
 * unfolded input (im2col; Chellapilla et al. 2006) and the output's gradient, the input's a convolution of the
 * output's gradient, spread out by the stride, with the kernel turned round (Dumoulin and Visin 2016,
 * arXiv:1603.07285). Channels last alone. Doing it again changes nothing.
 * Throws an `Error` where the backend is not there.
 */
export function addConvolutionGradients(tf: typeof tfjs): void {
  const inputGradient = tf.getKernel("Conv2DBackpropInput", "wasm");
  if (!inputGradient) throw new Error("The WebAssembly backend is not there");
  if (patched.has(inputGradient)) return;

  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as { x: tfjs.Tensor4D; dy: tfjs.Tensor4D };
      const { filterShape, ...rest } = attrs as unknown as GradientAttributes & { filterShape: Shape4 };
      return tf.tidy(() => kernelGradient(tf, x, dy, filterShape, rest));
    },
  });

  const replacement: tfjs.KernelConfig = {
    ...inputGradient,
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, filter } = inputs as { dy: tfjs.Tensor4D; filter: tfjs.Tensor4D };
      const { inputShape, ...rest } = attrs as unknown as GradientAttributes & { inputShape: Shape4 };
      return tf.tidy(() => gradientOfInput(tf, dy, filter, inputShape, rest));
    },
  };
  tf.unregisterKernel("Conv2DBackpropInput", "wasm");
  tf.registerKernel(replacement);
  patched.add(replacement);
}

type Shape4 = [number, number, number, number];

function geometryOf(
  tf: typeof tfjs,
  inputShape: Shape4,
  filterShape: Shape4,
  { strides, pad, dataFormat, dimRoundingMode }: GradientAttributes,
) {
  if (dataFormat !== "NHWC") throw new Error("convolution gradients are there for channels last alone");
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    "channelsLast",
  );
}

/** `[height, width, inputs, outputs]`: what each place of the kernel saw, times the gradient where it was seen. */
function kernelGradient(
  tf: typeof tfjs,
  x: tfjs.Tensor4D,
  dy: tfjs.Tensor4D,
  filterShape: Shape4,
  attributes: GradientAttributes,
): tfjs.Tensor4D {
  const { batchSize, inChannels, outChannels, outHeight, outWidth, strideHeight, strideWidth, padInfo } =
    geometryOf(tf, x.shape, filterShape, attributes);
  const [height, width] = filterShape;
  const { top, bottom, left, right } = padInfo;
  const isPadded = top + bottom + left + right > 0;
  const padded = isPadded
    ? tf.pad(x, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ])
    : x;
  const seen: tfjs.Tensor4D[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      seen.push(
        tf.stridedSlice(
          padded,
          [0, row, column, 0],
          [
            batchSize,
            row + (outHeight - 1) * strideHeight + 1,
            column + (outWidth - 1) * strideWidth + 1,
            inChannels,
          ],
          [1, strideHeight, strideWidth, 1],
        ) as tfjs.Tensor4D,
      );
    }
  }
  const places = batchSize * outHeight * outWidth;
  const unfolded = (seen.length === 1 ? seen[0]! : tf.concat(seen, 3)).reshape([
    places,
    height * width * inChannels,
  ]);
  return tf
    .matMul(unfolded, dy.reshape([places, outChannels]), true, false)
    .reshape<tfjs.Tensor4D>(filterShape);
}

/** In the input's shape. Throws an `Error` for a padding as wide as the kernel, which no network of ours has. */
function gradientOfInput(
  tf: typeof tfjs,
  dy: tfjs.Tensor4D,
  filter: tfjs.Tensor4D,
  inputShape: Shape4,
  attributes: GradientAttributes,
): tfjs.Tensor4D {
  const info = geometryOf(tf, inputShape, filter.shape, attributes);
  const { batchSize, inChannels, outChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const { inHeight, inWidth, filterHeight, filterWidth } = info;
  const isPlain = filterHeight * filterWidth * strideHeight * strideWidth === 1;
  if (isPlain && inHeight === outHeight && inWidth === outWidth) {
    const rows = dy.reshape([batchSize * outHeight * outWidth, outChannels]);
    return tf
      .matMul(rows, filter.reshape([inChannels, outChannels]), false, true)
      .reshape<tfjs.Tensor4D>(inputShape);
  }
  const top = filterHeight - 1 - info.padInfo.top;
  const left = filterWidth - 1 - info.padInfo.left;
  if (top < 0 || left < 0) throw new Error("the convolution is padded by more than its kernel");

  const spread = spreadOut(tf, dy, strideHeight, strideWidth);
  const [, rows, columns] = spread.shape;
  const bottom = inHeight + filterHeight - 1 - top - rows;
  const right = inWidth + filterWidth - 1 - left - columns;
  // Zeros that the spreading put behind the last value may lie beyond what the kernel sees.
  const cut = tf.slice(
    spread,
    [0, 0, 0, 0],
    [batchSize, rows + Math.min(0, bottom), columns + Math.min(0, right), outChannels],
  );
  const padded = tf.pad(cut, [
    [0, 0],
    [top, Math.max(0, bottom)],
    [left, Math.max(0, right)],
    [0, 0],
  ]);
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(padded, turned, 1, "valid");
}

/** Puts `stride - 1` zeros behind each value, in both directions. */
function spreadOut(tf: typeof tfjs, dy: tfjs.Tensor4D, strideHeight: number, strideWidth: number) {
  const [batch, rows, columns, channels] = dy.shape;
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const wide = tf.pad(dy.reshape([batch * rows * columns, 1, channels]), [
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const high = tf.pad(wide.reshape([batch * rows, 1, columns * strideWidth * channels]), [
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
  ]);
  return high.reshape<tfjs.Tensor4D>([batch, rows * strideHeight, columns * strideWidth, channels]);
}
