import { Enums, type Types } from "@cornerstonejs/core";
import type { Sequence } from "../room/picture/hanging";
import type { SliceGeometry } from "../room/picture/layer";
import { applyWindow, type GreyRange, relativeWindow } from "../room/picture/window";
import type { Room } from "../room/room";
import { ranges } from "../room/selectors";
import { watch } from "../room/store";
import type { CameraLink } from "./camera-link";
import type { Stage } from "./cornerstone";
import { type Drawn, nothingDrawn, readDrawn, sameOr } from "./drawn";
import { imageIdOf, loadSliceImage } from "./image-loader";

interface Options {
  node: HTMLDivElement;
  stage: Stage;
  viewId: string;
  sequence: Sequence;
  slices: readonly SliceGeometry[];
  link: CameraLink;
  room: Pick<Room, "get" | "subscribe" | "run">;
  onDrawn(drawn: Drawn): void;
  /** A sentence for the reader; null once there is none any more. */
  onProblem(problem: string | null): void;
}

/** One view of the stage: shows the room's slice in one sequence, with the room's window and everyone's camera. */
export interface StackView {
  /** Tries again what could not be shown. */
  retry(): void;
  /** Values of a pixel of the picture on the screen: one, or R, G and B; none where there is no picture. */
  readPixel(column: number, row: number): number[];
  close(): void;
}

/**
 * Opens a view in `node`. It loads the first picture before it shows anything; where that fails it says so and begins
 * again when asked to. From then on it follows the room: while one picture loads, the reader may pass many slices, and
 * only the one they have come to is loaded next.
 */
export function openStackView(options: Options): StackView {
  const { node, stage, viewId, sequence, slices, link, room, onDrawn, onProblem } = options;
  const imageIds = slices.map((slice) => imageIdOf(slice, sequence));
  stage.engine.enableElement({ viewportId: viewId, type: Enums.ViewportType.STACK, element: node });
  stage.tools.addViewport(viewId, stage.engine.id);
  const stack = stage.engine.getViewport(viewId) as Types.IStackViewport;
  let drawn = nothingDrawn;
  let isBegun = false;
  let isLoading = false;
  let unlink = () => {};
  const listening = new AbortController();
  const { signal } = listening;

  const wanted = () => room.get().view.index;
  const base = () => ranges(room.get())[sequence];
  const applyLook = () => {
    const { window, invert } = room.get().view;
    stack.setProperties({ voiRange: applyWindow(base(), window), invert }, true);
  };

  async function begin() {
    isLoading = true;
    try {
      const first = wanted();
      await loadSliceImage(slices[first]!, sequence);
      if (signal.aborted) return;
      await stack.setStack(imageIds, first);
      if (signal.aborted) return;
      applyLook();
      unlink = link.join(stack);
      node.addEventListener(Enums.Events.VOI_MODIFIED, windowed, { signal });
      node.addEventListener(Enums.Events.CAMERA_MODIFIED, moved, { signal });
      stack.render();
      isBegun = true;
      onProblem(null);
    } catch (error) {
      if (!signal.aborted) onProblem(sentence(error));
    } finally {
      isLoading = false;
    }
    if (isBegun) await show();
  }

  async function show() {
    if (!isBegun || isLoading || !stage.open) return;
    isLoading = true;
    let done = -1;
    while (!signal.aborted && stage.open && done !== wanted()) {
      done = wanted();
      try {
        await loadSliceImage(slices[done]!, sequence);
        if (signal.aborted || !stage.open) return;
        stage.settle(stack.element);
        await stack.setImageIdIndex(done);
        onProblem(null);
      } catch (error) {
        if (!signal.aborted) onProblem(sentence(error));
      }
    }
    isLoading = false;
  }

  const rendered = () => {
    const now = sameOr(drawn, readDrawn(stack, slices));
    if (now !== drawn) onDrawn(now);
    drawn = now;
  };
  const windowed = (event: Event) => {
    const { range } = (event as CustomEvent<{ range: GreyRange }>).detail;
    const { window } = room.get().view;
    const now = relativeWindow(base(), range);
    if (Math.abs(now.width - window.width) + Math.abs(now.shift - window.shift) > 1e-6)
      room.run("set-window", now);
  };
  // Cornerstone also moves cameras by itself, when a view changes its size: only the reader's hand counts.
  let isHeld = false;
  const moved = () => isHeld && link.moved(stack);
  const hold = (held: boolean) => () => {
    isHeld = held;
  };
  node.addEventListener("pointerdown", hold(true), { signal });
  window.addEventListener("pointerup", hold(false), { signal });
  window.addEventListener("pointercancel", hold(false), { signal });
  node.addEventListener(Enums.Events.IMAGE_RENDERED, rendered, { signal });

  const resized = new ResizeObserver(() => {
    if (signal.aborted || !stage.open || node.clientWidth === 0) return;
    stage.engine.resize(true, false);
    link.restore();
  });
  resized.observe(node);

  const look = () => {
    if (!isBegun || !stage.open) return;
    applyLook();
    stack.render();
  };
  const stops = [
    watch(
      room,
      ({ view }) => view.index,
      () => void show(),
    ),
    watch(room, ({ view }) => view.window, look),
    watch(room, ({ view }) => view.invert, look),
  ];
  void begin();

  return {
    retry() {
      if (isBegun) void show();
      else if (!isLoading) void begin();
    },
    readPixel: (column, row) => valuesOf(stack.getCornerstoneImage(), column, row),
    close() {
      listening.abort();
      for (const stop of stops) stop();
      resized.disconnect();
      unlink();
      // React takes the stage down before its views where both go together.
      if (!stage.open) return;
      stage.tools.removeViewports(stage.engine.id, viewId);
      stage.engine.disableElement(viewId);
    },
  };
}

function sentence(error: unknown): string {
  const cause = (error as { error?: unknown })?.error ?? error;
  return cause instanceof Error ? cause.message : "This slice's image could not be shown.";
}

function valuesOf(image: Types.IImage | undefined, column: number, row: number): number[] {
  if (!image) return [];
  const components = image.color ? 3 : 1;
  const at = (row * image.columns + column) * components;
  return [...image.getPixelData().slice(at, at + components)];
}
