import { useEffect } from "react";
import { useRoomItself } from "../use-room";
import type { CameraLink } from "./camera-link";
import { wheelTravel } from "./scroll";

/** The wheel scrolls; a pinch on a touchpad, which arrives as Ctrl and wheel, zooms. */
export function useWheel(node: HTMLElement | null, link: CameraLink): void {
  const room = useRoomItself();
  useEffect(() => {
    if (!node) return;
    let rest = 0;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey) return link.zoomBy(Math.exp(-event.deltaY / 100));
      const travel = wheelTravel(rest, event.deltaY, event.deltaMode);
      rest = travel.rest;
      if (travel.slices !== 0) room.run("scroll", travel.slices);
    };
    // React's own wheel listener is passive and cannot keep the page still.
    node.addEventListener("wheel", wheel, { passive: false });
    return () => node.removeEventListener("wheel", wheel);
  }, [node, link, room]);
}
