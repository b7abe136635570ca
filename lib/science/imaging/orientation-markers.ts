/** Letters for the four edges of an image: one, or two where the image is tilted. */
export interface OrientationMarkers {
  left: string;
  right: string;
  top: string;
  bottom: string;
}

/** How far lengths may be from 1, and the angle's cosine from 0: scanners and exports round the six numbers. */
const ROUNDING = 0.01;

/** A direction's second letter is shown from this cosine on: a tilt of 11.5 degrees. */
const SECOND_LETTER = 0.2;

/**
 * Letters at the edges of an image, from the direction cosines of its rows (towards higher columns), then of its
 * columns (towards higher rows): `orientation` is DICOM's Image Orientation (Patient), PS3.3 C.7.6.2.1.1. Patient
 * axes run to the left (x), posterior (y) and head (z); the letters are those of PS3.3 C.7.6.1.1.1: L, R, P, A, H, F.
 *
 * An edge has the letter of its direction's largest component, and a second where the next is above 0.2. At equal
 * components x comes before y before z.
 *
 * Null, which is "orientation unknown", where the six numbers are missing or not two unit vectors at right angles
 * (within 0.01): a wrong side must never be shown.
 *
 * @example
 * // An axial slice.
 * orientationMarkers([1, 0, 0, 0, 1, 0]) // { left: "R", right: "L", top: "A", bottom: "P" }
 */
export function orientationMarkers(orientation: readonly number[]): OrientationMarkers | null {
  if (orientation.length !== 6) return null;
  const row = orientation.slice(0, 3);
  const column = orientation.slice(3);
  const isUnit = (vector: number[]) => Math.abs(Math.hypot(...vector) - 1) <= ROUNDING;
  const cosine = row.reduce((sum, component, axis) => sum + component * column[axis]!, 0);
  if (!isUnit(row) || !isUnit(column) || Math.abs(cosine) > ROUNDING) return null;
  const opposite = (vector: number[]) => vector.map((component) => -component);
  return {
    left: letters(opposite(row)),
    right: letters(row),
    top: letters(opposite(column)),
    bottom: letters(column),
  };
}

function letters(direction: number[]): string {
  const strongest = direction
    .map((component, axis) => ({ size: Math.abs(component), letter: (component > 0 ? "LPH" : "RAF")[axis]! }))
    .sort((first, second) => second.size - first.size);
  const [first, second] = strongest as [(typeof strongest)[0], (typeof strongest)[0]];
  return second.size > SECOND_LETTER ? first.letter + second.letter : first.letter;
}
