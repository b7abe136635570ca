import type { ChannelHistograms } from "@/lib/science/imaging/channel-histograms";
import { percentileWindow } from "@/lib/science/imaging/window";

/** Gathers a study's grey values, channel by channel, for its default display window. Background (0) does not count. */
export interface StudyWindow {
  /** Of one slice. */
  add(histograms: ChannelHistograms): void;
  /** 1st and 99th percentile of each channel, [R, G, B], on the 8-bit scale. */
  percentiles(): { windowLow: number[]; windowHigh: number[] };
}

export function studyWindow(): StudyWindow {
  const sums = [new Float64Array(256), new Float64Array(256), new Float64Array(256)];
  return {
    add(histograms) {
      for (const [channel, histogram] of histograms.entries())
        for (const [value, count] of histogram.entries()) sums[channel]![value]! += count;
    },
    percentiles() {
      const windows = sums.map((histogram) => {
        const aboveBackground = histogram.slice();
        aboveBackground[0] = 0;
        return percentileWindow(aboveBackground);
      });
      return { windowLow: windows.map(({ low }) => low), windowHigh: windows.map(({ high }) => high) };
    },
  };
}
