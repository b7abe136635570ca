import type { RenderingEngine, Types } from "@cornerstonejs/core";
import {
  annotation,
  cancelActiveManipulations,
  type Types as ToolTypes,
  utilities,
} from "@cornerstonejs/tools";

type Measurement = ReturnType<typeof annotation.state.getAllAnnotations>[number];

const { selection, state } = annotation;

/**
 * Blue for measurements (masks have amber and cyan) on a dark seam; white and thicker when selected. The text stands on
 * a dark ground, so that it can be read on bright tissue.
 */
export function styleMeasurements(toolGroup: string): void {
  const accent = "#7aa8ff";
  const text = "#d9e0e8";
  annotation.config.style.setToolGroupToolStyles(toolGroup, {
    global: {
      color: accent,
      colorHighlighted: text,
      colorSelected: text,
      lineWidth: "1.5",
      lineWidthSelected: "2.5",
      textBoxColor: accent,
      textBoxColorHighlighted: text,
      textBoxColorSelected: text,
      textBoxBackground: "rgb(9 11 14 / 0.8)",
      textBoxBorderRadius: "3",
      textBoxMargin: "3",
      textBoxFontSize: "12px",
      textBoxFontFamily: "Inter, system-ui, sans-serif",
      textBoxLinkLineColor: accent,
    },
  });
}

/** Measurements of the open study. They last as long as the study is open and are stored nowhere. */
export interface StageMeasurements {
  /** Deletes the study's measurements, or those selected on a picture that is on the screen. Returns how many. */
  remove(which: "selected" | "all"): number;
  /** Ends the measurement under the pointer where it stands; false where there was none. */
  cancel(): boolean;
  /** Ends what the mouse does to a measurement of a view, before another picture comes under it. */
  settle(element: HTMLDivElement): boolean;
  /** As `remove`, for views that will not be drawn again. */
  drop(which: "selected" | "all"): number;
}

/** Measurements on a stage's views. Cornerstone keeps them by image, so each stays on its slice and sequence. */
export function measurementsOf(
  engine: RenderingEngine,
  tools: ToolTypes.IToolGroup,
  names: readonly string[],
): StageMeasurements {
  const views = () => engine.getViewports() as Types.IStackViewport[];
  const draw = () => utilities.triggerAnnotationRenderForViewportIds(views().map((view) => view.id));

  const settle = (element: HTMLDivElement): boolean => {
    // Area and mean follow 100 ms behind the hand and could then read the next picture.
    for (const name of names) throttledStats(tools.getToolInstance(name))?.flush();
    const ended = cancelActiveManipulations(element);
    const measurement = ended ? state.getAnnotation(ended) : undefined;
    if (measurement && isPoint(measurement)) state.removeAnnotation(measurement.annotationUID!);
    return ended !== undefined;
  };
  const cancel = () => views().filter((view) => settle(view.element)).length > 0;

  const drop = (which: "selected" | "all") => {
    cancel();
    const shown = new Set(views().map((view) => view.getCurrentImageId()));
    const gone = state
      .getAllAnnotations()
      .filter(
        ({ annotationUID, metadata }) =>
          which === "all" ||
          (selection.isAnnotationSelected(annotationUID!) && shown.has(metadata?.referencedImageId ?? "")),
      );
    for (const { annotationUID } of gone) {
      selection.setAnnotationSelected(annotationUID!, false);
      state.removeAnnotation(annotationUID!);
    }
    return gone.length;
  };
  const remove = (which: "selected" | "all") => {
    const count = drop(which);
    draw();
    return count;
  };
  return { settle, cancel, drop, remove };
}

export function deselectMeasurements(element: HTMLDivElement): void {
  if (selection.getAnnotationsSelectedCount() === 0) return;
  selection.deselectAnnotation();
  utilities.triggerAnnotationRender(element);
}

function isPoint({ data }: Measurement): boolean {
  const [first, ...others] = data.handles?.points ?? [];
  return (
    !first || others.every((point) => point.every((value, axis) => Math.abs(value - first[axis]!) < 0.01))
  );
}

/** Cornerstone's types call it a Function; it is a debounced one. */
function throttledStats(tool: unknown) {
  return (tool as { _throttledCalculateCachedStats?: { flush(): void } } | undefined)
    ?._throttledCalculateCachedStats;
}
