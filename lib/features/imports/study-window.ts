import type { DecodedImage } from "@/lib/science/imaging/decode-image";
import { toRgb8 } from "@/lib/science/imaging/to-rgb8";
import { addToHistogram, percentileWindow } from "@/lib/science/imaging/window";

/** Gathers a study's grey values, channel by channel, for its default display window. Background (0) does not count. */
export interface StudyWindow {
  add(image: DecodedImage): void;
  /** 1st and 99th percentile of each channel, [R, G, B], on the 8-bit scale. */
  percentiles(): { windowLow: number[]; windowHigh: number[] };
}

export function studyWindow(): StudyWindow {
  const histograms = [0, 1, 2].map(() => new Float64Array(256));
  return {
    add(image) {
      const { data } = toRgb8(image);
      for (const [channel, histogram] of histograms.entries()) addToHistogram(histogram, data, channel, 3);
    },
    percentiles() {
      const windows = histograms.map((histogram) => {
        const aboveBackground = histogram.slice();
        aboveBackground[0] = 0;
        return percentileWindow(aboveBackground);
      });
      return { windowLow: windows.map(({ low }) => low), windowHigh: windows.map(({ high }) => high) };
    },
  };
}
