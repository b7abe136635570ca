/** Wheel travel that makes one slice, in CSS pixels: a notch of a mouse is 100 or more, a touchpad sends a few at a time. */
const pixelsPerSlice = 40;
const pixelsPerLine = 20;

/** What a wheel event adds: whole slices, and the travel left over for the next event. */
export interface WheelTravel {
  slices: number;
  rest: number;
}

/**
 * Turns wheel events into whole slices.
 *
 * A notch of a mouse wheel (more than 40 px at once, or counted in lines) is one slice, whatever the system's speed;
 * a touchpad's small steps add up, 40 px for a slice. Turning back drops what was left over.
 */
export function wheelTravel(rest: number, deltaY: number, deltaMode: number): WheelTravel {
  const pixels = deltaMode === 0 ? deltaY : deltaY * pixelsPerLine;
  if (pixels === 0) return { slices: 0, rest };
  if (Math.abs(pixels) >= pixelsPerSlice) return { slices: Math.sign(pixels), rest: 0 };
  const travelled = Math.sign(rest) === -Math.sign(pixels) ? pixels : rest + pixels;
  if (Math.abs(travelled) < pixelsPerSlice) return { slices: 0, rest: travelled };
  return { slices: Math.sign(travelled), rest: travelled - Math.sign(travelled) * pixelsPerSlice };
}
