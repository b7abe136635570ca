import { useId, useMemo } from "react";
import type { SliceComparison } from "../room/compared-masks";
import { maskPathOf } from "../room/masks/mask-path";
import type { LayerPlace } from "../room/picture/layer";
import { DifferenceHatch, differenceLooks } from "./difference-hatch";

interface Props {
  place: LayerPlace;
  /** Drawn over its own slice alone. */
  comparison: SliceComparison | null;
}

/** What was added to a mask and what was removed from it, over the picture. */
export function ComparisonLayer({ place, comparison }: Props) {
  const id = useId();
  const paths = useMemo(() => {
    if (!comparison) return null;
    const { rows, columns } = comparison;
    const path = (mask: Uint8Array) => maskPathOf(mask, rows, columns);
    return {
      added: path(comparison.added),
      removed: path(comparison.removed),
      shared: path(comparison.shared),
    };
  }, [comparison]);
  if (!paths || comparison?.sliceId !== place.slice.id) return null;
  const onScreen = upright(place.matrix);
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-hidden" aria-hidden="true">
      <defs>
        <DifferenceHatch id={`${id}added`} difference="added" transform={onScreen} />
        <DifferenceHatch id={`${id}removed`} difference="removed" transform={onScreen} />
      </defs>
      <g transform={place.transform} fillRule="evenodd">
        <path
          data-difference="shared"
          d={paths.shared}
          fill={differenceLooks.shared.colour}
          fillOpacity={0.1}
        />
        {(["removed", "added"] as const).map((difference) => (
          <g key={difference}>
            <path
              d={paths[difference]}
              fill="none"
              stroke="#000"
              strokeOpacity={0.55}
              strokeWidth={2.75}
              vectorEffect="non-scaling-stroke"
            />
            <path
              data-difference={difference}
              d={paths[difference]}
              fill={`url(#${id}${difference})`}
              stroke={differenceLooks[difference].colour}
              strokeWidth={1.25}
              strokeDasharray={differenceLooks[difference].dashes}
              vectorEffect="non-scaling-stroke"
            />
          </g>
        ))}
      </g>
    </svg>
  );
}

/** Keeps a pattern's lines as dense and as inclined on the screen at any zoom, also where the picture is mirrored. */
function upright([a, b, c, d]: LayerPlace["matrix"]): string {
  const area = a * d - b * c;
  return `matrix(${[d / area, -b / area, -c / area, a / area, 0, 0].join(" ")})`;
}
