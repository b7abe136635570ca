import type { Types } from "@cornerstonejs/core";

/** Keeps zoom and position of several views the same. */
export interface CameraLink {
  /** Adds a view, which takes over where the others stand; returns what removes it. */
  join(view: Types.IStackViewport): () => void;
  /** To be called when the reader has moved a view's camera: the others follow. */
  moved(view: Types.IStackViewport): void;
  /** Multiplies the zoom of every view. */
  zoomBy(factor: number): void;
  /** Fits every view's image again. */
  reset(): void;
  /** Puts every view where it was, after its size has changed. */
  restore(): void;
}

/** Position in image widths of the view at zoom 1, so that views of other sizes can follow. */
interface Place {
  zoom: number;
  pan: [number, number];
}

export function createCameraLink(): CameraLink {
  const views = new Set<Types.IStackViewport>();
  let place: Place = { zoom: 1, pan: [0, 0] };
  // Setting a camera raises the same event as a drag does.
  let following = false;

  const follow = (view: Types.IStackViewport) => {
    view.setZoom(place.zoom);
    view.setPan([place.pan[0] * place.zoom, place.pan[1] * place.zoom]);
    view.render();
  };
  const quietly = (work: () => void) => {
    if (following) return;
    following = true;
    try {
      work();
    } finally {
      following = false;
    }
  };

  return {
    join(view) {
      quietly(() => follow(view));
      views.add(view);
      return () => views.delete(view);
    },
    moved(view) {
      quietly(() => {
        const zoom = view.getZoom();
        const [x, y] = view.getPan();
        place = { zoom, pan: [x / zoom, y / zoom] };
        for (const other of views) if (other !== view) follow(other);
      });
    },
    zoomBy(factor) {
      quietly(() => {
        place = { ...place, zoom: Math.min(50, Math.max(0.1, place.zoom * factor)) };
        for (const view of views) follow(view);
      });
    },
    reset() {
      quietly(() => {
        place = { zoom: 1, pan: [0, 0] };
        for (const view of views) {
          view.resetCamera();
          view.render();
        }
      });
    },
    restore() {
      quietly(() => {
        for (const view of views) follow(view);
      });
    },
  };
}
