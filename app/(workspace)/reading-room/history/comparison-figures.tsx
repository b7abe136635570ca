import { useId } from "react";
import { areaWords, type Spacing } from "../label/area-words";
import type { SliceComparison } from "../room/compared-masks";
import { type Difference, DifferenceHatch, differenceLooks } from "./difference-hatch";

interface Props {
  comparison: Pick<
    SliceComparison,
    "addedPixels" | "removedPixels" | "sharedPixels" | "dice" | "hausdorff95"
  >;
  /** Null where it is unknown. */
  spacing: Spacing | null;
  /** Of the two masks, e.g. `version 1` and `version 3`. */
  names: { earlier: string; later: string };
}

/** The differences in figures; their patterns are the legend of the layer over the picture. */
export function ComparisonFigures({ comparison, spacing, names }: Props) {
  const { addedPixels, removedPixels, sharedPixels, dice, hausdorff95 } = comparison;
  const pixels = { added: addedPixels, removed: removedPixels, shared: sharedPixels };
  const same = addedPixels === 0 && removedPixels === 0;
  return (
    <section aria-label={`${names.later} compared with ${names.earlier}`} className="grid gap-1">
      <p>
        {capital(names.later)} compared with {names.earlier}
        {same && (
          <span className="text-muted">: {sharedPixels > 0 ? "the same mask" : "no mask on either"}</span>
        )}
      </p>
      <dl className="grid grid-cols-[16px_auto_1fr] items-center gap-x-2 gap-y-0.5">
        {(["added", "removed", "shared"] as const).map((difference) => (
          <div key={difference} className="col-span-3 grid grid-cols-subgrid items-center">
            <Swatch difference={difference} />
            <dt className="text-muted">{difference}</dt>
            <dd className="text-right">{areaWords(pixels[difference], spacing)}</dd>
          </div>
        ))}
        <Measure name="Dice" value={dice === null ? "undefined, both are empty" : dice.toFixed(3)} />
        <Measure
          name="Hausdorff 95"
          value={
            hausdorff95 === null
              ? "undefined without two masks"
              : `${hausdorff95.toFixed(1)} ${spacing ? "mm" : "px"}`
          }
        />
      </dl>
    </section>
  );
}

function Measure({ name, value }: { name: string; value: string }) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid">
      <dt className="col-start-2 whitespace-nowrap text-muted">{name}</dt>
      <dd className="text-right">{value}</dd>
    </div>
  );
}

function Swatch({ difference }: { difference: Difference }) {
  const id = useId();
  const { colour, dashes } = differenceLooks[difference];
  return (
    <svg width="16" height="12" aria-hidden="true">
      {difference !== "shared" && (
        <defs>
          <DifferenceHatch id={id} difference={difference} />
        </defs>
      )}
      <rect
        x="0.5"
        y="0.5"
        width="15"
        height="11"
        fill={difference === "shared" ? colour : `url(#${id})`}
        fillOpacity={difference === "shared" ? 0.2 : 1}
        stroke={difference === "shared" ? "none" : colour}
        strokeDasharray={dashes}
      />
    </svg>
  );
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
