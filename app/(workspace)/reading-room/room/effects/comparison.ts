import { useEffect, useRef, useState } from "react";
import {
  type ComparedMask,
  type ComparedSlice,
  compareOnSlice,
  type SliceComparison,
} from "../compared-masks";
import { maskPixels, maskUrls } from "../masks/slice-masks";

export interface ComparisonState {
  /** Null while it loads, and where nothing is compared. */
  comparison: SliceComparison | null;
  /** Why there is none, for the reader. */
  problem: string | null;
}

const none: ComparisonState = { comparison: null, problem: null };

/** Compares two masks of a slice; null on either side compares nothing. */
export function useComparison(
  slice: ComparedSlice,
  earlier: ComparedMask | null,
  later: ComparedMask | null,
): ComparisonState {
  const [made, setMade] = useState<ComparisonState & { of: object }>({ ...none, of: none });
  // A slice's view is made anew when its label changes: only these of it matter.
  const { id, rows, columns, rowSpacingMm, columnSpacingMm } = slice;
  const wanted = useSame({ id, rows, columns, rowSpacingMm, columnSpacingMm, ...sides(earlier, later) });

  useEffect(() => {
    let left = false;
    const { earlierOf, laterOf } = wanted;
    if (earlierOf === undefined || laterOf === undefined) return;
    const load = (of: string | Uint8Array | null) => {
      if (of === null) return new Uint8Array(wanted.rows * wanted.columns);
      return typeof of === "string" ? maskPixels(maskUrls.label(of), wanted.rows, wanted.columns) : of;
    };
    Promise.all([load(earlierOf), load(laterOf)])
      .then(([before, after]) => compareOnSlice(wanted, before, after))
      .then(
        (comparison) => !left && setMade({ comparison, problem: null, of: wanted }),
        (error) => {
          const problem = error instanceof Error ? error.message : "The masks could not be compared.";
          if (!left) setMade({ comparison: null, problem, of: wanted });
        },
      );
    return () => {
      left = true;
    };
  }, [wanted]);

  return made.of === wanted ? made : none;
}

/** Undefined: nothing; null: an empty mask. */
function sides(earlier: ComparedMask | null, later: ComparedMask | null) {
  const of = (side: ComparedMask | null) => {
    if (!side) return undefined;
    return "mask" in side ? side.mask : side.labelId;
  };
  return { earlierOf: of(earlier), laterOf: of(later) };
}

/** The same object as long as its fields are the same. */
function useSame<Fields extends object>(fields: Fields): Fields {
  const kept = useRef(fields);
  const keys = Object.keys(fields) as (keyof Fields)[];
  if (keys.some((key) => kept.current[key] !== fields[key])) kept.current = fields;
  return kept.current;
}
