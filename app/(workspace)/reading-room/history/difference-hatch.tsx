/** What became of pixels between two masks. */
export type Difference = "added" | "removed" | "shared";

/**
 * How differences are drawn, told apart by pattern and line as well as colour: added in a grid of plus signs within a
 * full line, removed in falling diagonals within a dashed one, shared as a faint fill alone.
 */
export const differenceLooks: Record<Difference, { colour: string; dashes?: string }> = {
  added: { colour: "var(--color-ok)" },
  removed: { colour: "var(--color-flag)", dashes: "4 3" },
  shared: { colour: "var(--color-text)" },
};

/** CSS pixels between the lines of a pattern. */
const tile = 6;

interface Props {
  id: string;
  difference: "added" | "removed";
  /** From CSS pixels to the coordinates of what is filled, as an SVG transform. */
  transform?: string;
}

/** An SVG pattern to fill with: `fill="url(#id)"`. */
export function DifferenceHatch({ id, difference, transform }: Props) {
  const { colour } = differenceLooks[difference];
  return (
    <pattern
      id={id}
      width={tile}
      height={tile}
      patternUnits="userSpaceOnUse"
      patternTransform={transform}
      fill="none"
      stroke={colour}
    >
      <rect width={tile} height={tile} fill={colour} fillOpacity={0.18} stroke="none" />
      {difference === "added" ? (
        <path d="M3 0.5V5.5M0.5 3H5.5" strokeWidth={1.2} />
      ) : (
        // Also over the tile's corners, so that the lines run on.
        <path d="M0 0L6 6M-1.5 4.5L1.5 7.5M4.5 -1.5L7.5 1.5" strokeWidth={1.4} />
      )}
    </pattern>
  );
}
