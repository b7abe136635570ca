import { Enums, type Types } from "@cornerstonejs/core";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Sequence } from "../room/picture/hanging";
import { applyWindow, type GreyRange, type RelativeWindow, relativeWindow } from "../room/picture/window";
import type { CameraLink } from "./camera-link";
import type { Stage } from "./cornerstone";
import { nothingDrawn, readDrawn, sameOr } from "./drawn";
import { imageIdOf, loadSliceImage, type SliceGeometry } from "./image-loader";

export interface StackViewInput {
  stage: Stage | null;
  viewId: string;
  sequence: Sequence;
  slices: readonly SliceGeometry[];
  /** The slice that is wanted; what is shown may be a moment behind. */
  index: number;
  base: GreyRange;
  window: RelativeWindow;
  invert: boolean;
  link: CameraLink;
  onWindow(window: RelativeWindow): void;
}

/** Shows slices of one sequence in `node` and keeps window and camera linked to the other views. */
export function useStackView(node: HTMLDivElement | null, input: StackViewInput) {
  const { stage, viewId, sequence, slices, index, link } = input;
  const [drawn, setDrawn] = useState(nothingDrawn);
  const [problem, setProblem] = useState<string | null>(null);
  const [view, setView] = useState<{ stack: Types.IStackViewport; loading: boolean } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(input);
  latest.current = input;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew where the first picture failed
  useEffect(() => {
    if (!stage?.open || !node) return;
    const imageIds = slices.map((slice) => imageIdOf(slice, sequence));
    stage.engine.enableElement({ viewportId: viewId, type: Enums.ViewportType.STACK, element: node });
    stage.tools.addViewport(viewId, stage.engine.id);
    const stack = stage.engine.getViewport(viewId) as Types.IStackViewport;
    let ended = false;
    let leave = () => {};

    const rendered = () => setDrawn((before) => sameOr(before, readDrawn(stack, slices)));
    const windowed = (event: Event) => {
      const { range } = (event as CustomEvent<{ range: GreyRange }>).detail;
      const { base, window, onWindow } = latest.current;
      const now = relativeWindow(base, range);
      if (Math.abs(now.width - window.width) + Math.abs(now.shift - window.shift) > 1e-6) onWindow(now);
    };
    // Cornerstone also moves cameras by itself, when a view changes its size: only the reader's hand counts.
    let held = false;
    const moved = () => held && link.moved(stack);
    const press = () => {
      held = true;
    };
    const release = () => {
      held = false;
    };
    node.addEventListener("pointerdown", press);
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    node.addEventListener(Enums.Events.IMAGE_RENDERED, rendered);

    const begin = async () => {
      const first = latest.current.index;
      await loadSliceImage(slices[first]!, sequence);
      if (ended) return;
      await stack.setStack(imageIds, first);
      if (ended) return;
      const { base, window, invert } = latest.current;
      stack.setProperties({ voiRange: applyWindow(base, window), invert }, true);
      leave = link.join(stack);
      node.addEventListener(Enums.Events.VOI_MODIFIED, windowed);
      node.addEventListener(Enums.Events.CAMERA_MODIFIED, moved);
      stack.render();
      setProblem(null);
      setView({ stack, loading: false });
    };
    begin().catch((error) => ended || setProblem(sentence(error)));

    const resized = new ResizeObserver(() => {
      if (ended || !stage.open || node.clientWidth === 0) return;
      stage.engine.resize(true, false);
      link.restore();
    });
    resized.observe(node);

    return () => {
      ended = true;
      resized.disconnect();
      leave();
      node.removeEventListener("pointerdown", press);
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
      node.removeEventListener(Enums.Events.IMAGE_RENDERED, rendered);
      node.removeEventListener(Enums.Events.VOI_MODIFIED, windowed);
      node.removeEventListener(Enums.Events.CAMERA_MODIFIED, moved);
      setView(null);
      setDrawn(nothingDrawn);
      // React takes the stage down before its views where both leave together.
      if (stage.open) {
        stage.tools.removeViewports(stage.engine.id, viewId);
        stage.engine.disableElement(viewId);
      }
    };
  }, [node, stage, viewId, sequence, slices, link, attempt]);

  const show = useCallback(async () => {
    // While one picture loads, the reader may pass many slices: only the one they have come to is loaded next.
    if (!view || view.loading || !stage?.open) return;
    view.loading = true;
    let done = -1;
    while (stage.open && done !== latest.current.index) {
      done = latest.current.index;
      try {
        await loadSliceImage(slices[done]!, sequence);
        if (!stage.open) return;
        stage.settle(view.stack.element);
        await view.stack.setImageIdIndex(done);
        setProblem(null);
      } catch (error) {
        setProblem(sentence(error));
      }
    }
    view.loading = false;
  }, [view, stage, slices, sequence]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the wanted slice is what calls for another picture
  useEffect(() => {
    void show();
  }, [show, index]);

  const { lower, upper } = applyWindow(input.base, input.window);
  useEffect(() => {
    if (!view || !stage?.open) return;
    view.stack.setProperties({ voiRange: { lower, upper }, invert: input.invert }, true);
    view.stack.render();
  }, [view, stage, lower, upper, input.invert]);

  const retry = () => (view ? void show() : setAttempt((before) => before + 1));
  const readPixel = useCallback(
    (column: number, row: number) => readValues(view?.stack.getCornerstoneImage(), column, row),
    [view],
  );
  return { drawn, problem, retry, readPixel };
}

function sentence(error: unknown): string {
  const cause = (error as { error?: unknown })?.error ?? error;
  return cause instanceof Error ? cause.message : "This slice's image could not be shown.";
}

/** Values of a pixel of the picture on the screen: one, or R, G and B; none where there is no picture. */
function readValues(image: Types.IImage | undefined, column: number, row: number): number[] {
  if (!image) return [];
  const components = image.color ? 3 : 1;
  const at = (row * image.columns + column) * components;
  return [...image.getPixelData().slice(at, at + components)];
}
