import { type MaskKind, type MasksShown, maskKinds } from "../room/masks/masks-shown";
import type { SliceMasks } from "../room/masks/slice-masks";
import type { LayerPlace } from "../room/picture/layer";

/** CSS pixels; told apart by stroke alone: long dashes, fine dots, a full line. */
export const maskLines: Record<MaskKind, { colour: string; width: number; dashes?: string }> = {
  proposed: { colour: "stroke-ai", width: 1.75, dashes: "5 5" },
  imported: { colour: "stroke-text", width: 1.25, dashes: "0.1 3" },
  current: { colour: "stroke-human", width: 1.5 },
};
/** From the lowest: where all lie on one edge, the full line shows between the dashes. */
const paintOrder = ["current", "imported", "proposed"] as const satisfies readonly MaskKind[];

interface Props {
  place: LayerPlace;
  /** As loaded; null while they are not. Nothing is drawn over another slice's picture. */
  masks: SliceMasks | null;
  shown: MasksShown;
  /** 0 to 1, of the current mask's fill. */
  opacity: number;
  /** The slice's current mask as path data in pixels (`maskPathOf`): of the label, or of what is being drawn. */
  current: string;
}

/**
 * Masks over the picture, drawn along pixel edges without interpolation. The model's is dashed, an imported one dotted,
 * the current one a full line with a light fill; a dark seam keeps each in sight on bright tissue.
 */
export function MaskLayer({ place, masks, shown, opacity, current }: Props) {
  const loaded = masks?.sliceId === place.slice.id ? masks : null;
  const paths = { proposed: loaded?.proposed, imported: loaded?.imported, current };
  if (!maskKinds.some((kind) => shown[kind] && paths[kind])) return null;
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-hidden" aria-hidden="true">
      <g transform={place.transform} fill="none" fillRule="evenodd" strokeLinecap="round">
        {paintOrder.map((kind) => {
          const path = shown[kind] && paths[kind];
          if (!path) return null;
          const { colour, width, dashes } = maskLines[kind];
          return (
            <g key={kind}>
              <path
                d={path}
                stroke="#000"
                strokeOpacity={0.55}
                strokeWidth={width + 1.5}
                vectorEffect="non-scaling-stroke"
              />
              <path
                data-mask={kind}
                d={path}
                className={kind === "current" ? `fill-human ${colour}` : colour}
                fillOpacity={opacity}
                strokeWidth={width}
                strokeDasharray={dashes}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          );
        })}
      </g>
    </svg>
  );
}
