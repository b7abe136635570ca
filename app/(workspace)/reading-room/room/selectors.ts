import { useCallback, useMemo, useState } from "react";
import { createCameraLink } from "../picture/camera-link";
import { channelOf, defaultHanging, type Layout, type Sequence, sequences, viewsIn } from "./picture/hanging";
import { defaultRange, defaultWindow, type GreyRange, windowPresets } from "./picture/window";

/** How the views look: layout, sequences, window, zoom, cine. */
export function usePicture(windowLow: readonly number[], windowHigh: readonly number[]) {
  const [layout, setLayout] = useState<Layout>("two-up");
  const [hung, setHung] = useState(defaultHanging);
  const [window, setWindow] = useState(defaultWindow);
  const [invert, setInvert] = useState(false);
  const [cine, setCine] = useState<number | null>(null);
  const [cineRate, setCineRate] = useState(8);
  const [maskOpacity, setMaskOpacity] = useState(0.2);
  const [link] = useState(createCameraLink);
  const stopCine = useCallback(() => setCine(null), []);

  const ranges = useMemo(() => {
    const entries = sequences.map((sequence): [Sequence, GreyRange] => {
      const channel = channelOf[sequence];
      return [
        sequence,
        channel === null ? defaultRange(0, 255) : defaultRange(windowLow[channel], windowHigh[channel]),
      ];
    });
    return Object.fromEntries(entries) as Record<Sequence, GreyRange>;
  }, [windowLow, windowHigh]);

  const nextSequence = useCallback((view: number) => {
    setHung((before) =>
      before.map((sequence, at) =>
        at === view ? sequences[(sequences.indexOf(sequence) + 1) % sequences.length]! : sequence,
      ),
    );
  }, []);

  return {
    layout,
    setLayout,
    hanging: hung.slice(0, viewsIn(layout)),
    nextSequence,
    ranges,
    window,
    setWindow,
    preset: (index: number) => setWindow(windowPresets[index]?.window ?? defaultWindow),
    invert,
    toggleInvert: () => setInvert((before) => !before),
    /** Slices a second that are shown by themselves; null for none. */
    cine,
    cineRate,
    toggleCine: () => setCine((before) => (before === null ? cineRate : null)),
    stopCine,
    setCineRate: (rate: number) => {
      setCineRate(rate);
      setCine((before) => (before === null ? null : rate));
    },
    maskOpacity,
    setMaskOpacity,
    link,
    reset: () => {
      setWindow(defaultWindow);
      setInvert(false);
      link.reset();
    },
  };
}
