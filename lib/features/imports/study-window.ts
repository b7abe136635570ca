import type { DecodedImage } from "@/lib/science/imaging/decode-image";
import { toRgb8 } from "@/lib/science/imaging/to-rgb8";
import { percentileWindow } from "@/lib/science/imaging/window";

/** Gathers a study's grey values, channel by channel, for its default display window. Background (0) does not count. */
export interface StudyWindow {
  add(image: DecodedImage): void;
  /** 1st and 99th percentile of each channel, [R, G, B], on the 8-bit scale. */
  percentiles(): { windowLow: number[]; windowHigh: number[] };
}

export function studyWindow(): StudyWindow {
  const red = new Float64Array(256);
  const green = new Float64Array(256);
  const blue = new Float64Array(256);
  return {
    add(image) {
      const { data } = toRgb8(image);
      for (let index = 0; index < data.length; index += 3) {
        red[data[index]!]!++;
        green[data[index + 1]!]!++;
        blue[data[index + 2]!]!++;
      }
    },
    percentiles() {
      const windows = [red, green, blue].map((histogram) => {
        const aboveBackground = histogram.slice();
        aboveBackground[0] = 0;
        return percentileWindow(aboveBackground);
      });
      return { windowLow: windows.map(({ low }) => low), windowHigh: windows.map(({ high }) => high) };
    },
  };
}
