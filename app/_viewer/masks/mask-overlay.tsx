/** Outlines of one slice's masks as SVG path data in pixels; empty where there is no mask. */
export interface SliceMasks {
  sliceId: string;
  /** The model's proposal. */
  proposed: string;
  /** The current label's. */
  current: string;
}

interface Props {
  masks: SliceMasks;
  /** 0 to 1, of the fill. */
  opacity: number;
  /** From image pixels to the view. */
  transform: string;
}

/**
 * Masks over the image, drawn along pixel edges without interpolation. The model's is a dashed outline, a person's a
 * solid one with a light fill, so that they differ in more than colour.
 */
export function MaskOverlay({ masks, opacity, transform }: Props) {
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-hidden" aria-hidden="true">
      <g transform={transform} fillRule="evenodd">
        {masks.current && (
          <path
            data-mask="current"
            d={masks.current}
            className="fill-human stroke-human"
            fillOpacity={opacity}
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        )}
        {masks.proposed && (
          <path
            data-mask="proposed"
            d={masks.proposed}
            className="stroke-ai"
            fill="none"
            strokeWidth={1.75}
            strokeDasharray="5 4"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </g>
    </svg>
  );
}
