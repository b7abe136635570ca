/** What the left mouse button draws with. */
export const drawingTools = ["brush", "eraser", "threshold", "polygon", "flood"] as const;
export type DrawingTool = (typeof drawingTools)[number];

export interface ToolSettings {
  /** Of brush, eraser and threshold brush, in pixels of the image. */
  radius: number;
  /** Threshold brush and flood fill take grey values that differ by at most this from where they began, of 255. */
  tolerance: number;
}

export const defaultToolSettings: ToolSettings = { radius: 4, tolerance: 20 };
const radii = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40] as const;
export const largestTolerance = 120;

/** The next larger (1) or smaller (-1) brush. */
export function nextRadius(radius: number, by: 1 | -1): number {
  if (by > 0) return radii.find((one) => one > radius) ?? radii.at(-1)!;
  return radii.findLast((one) => one < radius) ?? radii[0];
}

/** The brush's width as people read it: a radius of half a pixel is one pixel. */
export function brushText(radius: number): string {
  return `${Math.round(radius * 2)} px`;
}
