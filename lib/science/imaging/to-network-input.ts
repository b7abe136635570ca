import type { DecodedImage } from "./decode-image";
import { toEightBits } from "./to-rgb8";

/** Rows and columns of the network's input. */
export const INPUT_SIZE = 256;

/** Raised whenever the same pixels would give another input, so that cached features are made again. */
export const PREPROCESSING_VERSION = 1;

/**
 * An image as the network sees it: `[256, 256, 3]`, 8 bits, not yet divided by 255.
 *
 * At 256 x 256 and 8 bits the bytes are taken as they are. Other sizes are scaled, aspect kept, until the longer side
 * is 256 (bilinear with half-pixel centres; the mean of the covered pixels when shrinking by more than 2), and centred
 * on black. Grey fills all three channels. 16 bits are divided by 257, rounded: 0 to 65535 becomes 0 to 255.
 */
export function toNetworkInput(image: DecodedImage): Uint8Array {
  const { rows, columns, channels } = image;
  if (rows === INPUT_SIZE && columns === INPUT_SIZE && channels === 3 && image.data instanceof Uint8Array) {
    return Uint8Array.from(image.data);
  }
  const source = toEightBits(image.bits, image.data);
  const frame = placement(rows, columns);
  const input = new Uint8Array(INPUT_SIZE * INPUT_SIZE * 3);
  for (let channel = 0; channel < 3; channel++) {
    const plane = channelPlane(source, channels, channels === 1 ? 0 : channel);
    const scaled = resizePlane(plane, rows, columns, frame.rows, frame.columns);
    for (let row = 0; row < frame.rows; row++) {
      for (let column = 0; column < frame.columns; column++) {
        const target = ((frame.top + row) * INPUT_SIZE + frame.left + column) * 3 + channel;
        input[target] = Math.round(scaled[row * frame.columns + column]!);
      }
    }
  }
  return input;
}

/**
 * A mask in the network's frame, `[256, 256]` of 0/1, back in the frame of the image it belongs to, `[rows, columns]`.
 * Each image pixel takes the mask's value at its own place (nearest); at 256 x 256 the mask is unchanged.
 */
export function fromNetworkMask(mask: Uint8Array, rows: number, columns: number): Uint8Array {
  if (rows === INPUT_SIZE && columns === INPUT_SIZE) return Uint8Array.from(mask);
  const frame = placement(rows, columns);
  const result = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const y = frame.top + Math.min(frame.rows - 1, Math.floor(((row + 0.5) * frame.rows) / rows));
    for (let column = 0; column < columns; column++) {
      const x =
        frame.left + Math.min(frame.columns - 1, Math.floor(((column + 0.5) * frame.columns) / columns));
      result[row * columns + column] = mask[y * INPUT_SIZE + x]!;
    }
  }
  return result;
}

/**
 * A mask `[rows, columns]` of 0/1 in the network's frame, `[256, 256]`, for an image that `toNetworkInput` puts there.
 * Each pixel of the frame takes the mask's value at its own place (nearest); what lies outside of the image is 0.
 */
export function toNetworkMask(mask: Uint8Array, rows: number, columns: number): Uint8Array {
  if (mask.length !== rows * columns)
    throw new RangeError(`a mask of ${mask.length} pixels is not ${rows} x ${columns}`);
  if (rows === INPUT_SIZE && columns === INPUT_SIZE) return Uint8Array.from(mask);
  const frame = placement(rows, columns);
  const result = new Uint8Array(INPUT_SIZE * INPUT_SIZE);
  for (let row = 0; row < frame.rows; row++) {
    const y = Math.min(rows - 1, Math.floor(((row + 0.5) * rows) / frame.rows));
    for (let column = 0; column < frame.columns; column++) {
      const x = Math.min(columns - 1, Math.floor(((column + 0.5) * columns) / frame.columns));
      result[(frame.top + row) * INPUT_SIZE + frame.left + column] = mask[y * columns + x]!;
    }
  }
  return result;
}

/** Where an image of this size lies in the network's frame. */
export function placement(rows: number, columns: number) {
  const scale = INPUT_SIZE / Math.max(rows, columns);
  const scaledRows = Math.max(1, Math.round(rows * scale));
  const scaledColumns = Math.max(1, Math.round(columns * scale));
  return {
    rows: scaledRows,
    columns: scaledColumns,
    top: Math.floor((INPUT_SIZE - scaledRows) / 2),
    left: Math.floor((INPUT_SIZE - scaledColumns) / 2),
  };
}

function channelPlane(data: Uint8Array, channels: number, channel: number): Float32Array {
  const plane = new Float32Array(data.length / channels);
  for (let index = 0; index < plane.length; index++) plane[index] = data[index * channels + channel]!;
  return plane;
}

function resizePlane(plane: Float32Array, rows: number, columns: number, toRows: number, toColumns: number) {
  const wide = resampleLines(plane, rows, columns, toColumns, columns, 1);
  return resampleLines(wide, toColumns, rows, toRows, 1, toColumns);
}

/** Resamples `lines` lines of `length` samples to `toLength` each; the result is row by row, `[.., ..]` as the input. */
function resampleLines(
  source: Float32Array,
  lines: number,
  length: number,
  toLength: number,
  lineStep: number,
  sampleStep: number,
): Float32Array {
  const target = new Float32Array(lines * toLength);
  const targetLineStep = sampleStep === 1 ? toLength : 1;
  const targetSampleStep = sampleStep === 1 ? 1 : sampleStep;
  const ratio = length / toLength;
  for (let sample = 0; sample < toLength; sample++) {
    const weights = ratio > 2 ? coveredSamples(sample, ratio, length) : neighbours(sample, ratio, length);
    for (let line = 0; line < lines; line++) {
      let value = 0;
      for (const [at, weight] of weights) value += source[line * lineStep + at * sampleStep]! * weight;
      target[line * targetLineStep + sample * targetSampleStep] = value;
    }
  }
  return target;
}

/** Bilinear weights with half-pixel centres (as in ONNX Resize, `half_pixel`), the border repeated. */
function neighbours(sample: number, ratio: number, length: number): [number, number][] {
  const centre = Math.max(0, Math.min(length - 1, (sample + 0.5) * ratio - 0.5));
  const first = Math.floor(centre);
  const share = centre - first;
  return share === 0
    ? [[first, 1]]
    : [
        [first, 1 - share],
        [first + 1, share],
      ];
}

/** Weights of the samples that one target sample covers. */
function coveredSamples(sample: number, ratio: number, length: number): [number, number][] {
  const start = sample * ratio;
  const end = Math.min(length, start + ratio);
  const weights: [number, number][] = [];
  for (let at = Math.floor(start); at < end; at++) {
    const covered = Math.min(at + 1, end) - Math.max(at, start);
    if (covered > 0) weights.push([at, covered / (end - start)]);
  }
  return weights;
}
