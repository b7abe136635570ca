import { cache, imageLoader, metaData, type Types, utilities } from "@cornerstonejs/core";
import { channelOf, type Sequence, sequences } from "../room/picture/hanging";
import type { SliceGeometry } from "../room/picture/layer";
import { extractChannel, slicePixels } from "../room/picture/slice-pixels";

/**
 * Images that Cornerstone keeps, in bytes: 500 slices of 256 x 256 in three sequences and as composite are 188 MiB.
 * The least recently used go first; the view on the screen has its own copy.
 */
const cacheBytes = 256 * 2 ** 20;

const scheme = "sulcus";
const geometries = new Map<string, SliceGeometry>();

/** Cornerstone's name of one sequence of a slice. */
export function imageIdOf(slice: SliceGeometry, sequence: Sequence): string {
  geometries.set(slice.id, slice);
  return `${scheme}:${slice.id}:${sequence}`;
}

/** Makes `sulcus:<slice>:<sequence>` loadable. Call once, after Cornerstone's own init. */
export function registerImageLoader(): void {
  imageLoader.registerImageLoader(scheme, (imageId) => ({ promise: loadImage(imageId) }));
  metaData.addProvider(describe, 10_000);
  cache.setMaxCacheSize(cacheBytes);
}

/** Lets go of what Cornerstone keeps of these slices. Their pixels stay at hand for a while (slice-pixels.ts). */
export function forgetSlices(slices: readonly SliceGeometry[]): void {
  for (const slice of slices) {
    for (const sequence of sequences) {
      const imageId = `${scheme}:${slice.id}:${sequence}`;
      if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId);
    }
    geometries.delete(slice.id);
  }
}

/**
 * Loads one sequence of a slice into Cornerstone's cache. Throws with a sentence for the reader.
 *
 * The pixels are fetched first: a load that fails inside Cornerstone also ends as an unhandled rejection.
 */
export async function loadSliceImage(slice: SliceGeometry, sequence: Sequence): Promise<void> {
  await slicePixels(slice.id);
  await imageLoader.loadAndCacheImage(imageIdOf(slice, sequence));
}

function parse(imageId: string): { slice: SliceGeometry; sequence: Sequence } | null {
  const [name, sliceId = "", sequence] = imageId.split(":");
  const slice = geometries.get(sliceId);
  const known = sequences.find((one) => one === sequence);
  return name === scheme && slice && known ? { slice, sequence: known } : null;
}

function spacing(slice: SliceGeometry) {
  const known = slice.rowSpacingMm !== null && slice.columnSpacingMm !== null;
  return { known, row: known ? slice.rowSpacingMm! : 1, column: known ? slice.columnSpacingMm! : 1 };
}

async function loadImage(imageId: string): Promise<Types.IImage> {
  const named = parse(imageId);
  if (!named) throw new Error(`not an image of a slice: ${imageId}`);
  const { bytes, rows, columns } = await slicePixels(named.slice.id);
  const channel = channelOf[named.sequence];
  const pixels = channel === null ? bytes : extractChannel(bytes, channel);
  const components = channel === null ? 3 : 1;
  const { row, column } = spacing(named.slice);
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    width: columns,
    height: rows,
    scalarData: pixels,
    numberOfComponents: components,
    id: imageId,
  });
  return {
    imageId,
    rows,
    columns,
    height: rows,
    width: columns,
    rowPixelSpacing: row,
    columnPixelSpacing: column,
    minPixelValue: 0,
    maxPixelValue: 255,
    slope: 1,
    intercept: 0,
    windowCenter: 127.5,
    windowWidth: 255,
    voiLUTFunction: "LINEAR_EXACT",
    color: components === 3,
    rgba: false,
    numberOfComponents: components,
    photometricInterpretation: components === 3 ? "RGB" : "MONOCHROME2",
    invert: false,
    sizeInBytes: pixels.byteLength,
    dataType: "Uint8Array",
    getPixelData: () => pixels,
    getCanvas: () => {
      throw new Error("a slice's image has pixels, not a canvas");
    },
    voxelManager,
  } as Types.IImage;
}

/**
 * Geometry as Cornerstone asks for it. Every slice lies in one plane, row 0 on top and column 0 on the left as it was
 * stored; where that is in the patient is said by letters at the edges alone (edge-letters.tsx).
 */
function describe(type: string, imageId: unknown) {
  const named = typeof imageId === "string" ? parse(imageId) : null;
  if (!named) return undefined;
  const { slice, sequence } = named;
  const { known, row, column } = spacing(slice);
  if (type === "imagePixelModule") {
    const color = channelOf[sequence] === null;
    return {
      pixelRepresentation: 0,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      samplesPerPixel: color ? 3 : 1,
      photometricInterpretation: color ? "RGB" : "MONOCHROME2",
    };
  }
  if (type === "imagePlaneModule") {
    return {
      frameOfReferenceUID: scheme,
      rows: slice.rows,
      columns: slice.columns,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [0, 0, 0],
      pixelSpacing: [row, column],
      rowPixelSpacing: row,
      columnPixelSpacing: column,
      // Cornerstone's word for "spacing unknown": it then measures in pixels.
      usingDefaultValues: !known,
    };
  }
  if (type === "generalSeriesModule") return { modality: "MR", seriesInstanceUID: sequence };
  if (type === "voiLutModule") return { windowCenter: [127.5], windowWidth: [255] };
  return undefined;
}
