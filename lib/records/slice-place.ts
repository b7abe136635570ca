/** Where a slice is read: its study, opened at its position. */
export interface SlicePlace {
  studyId: string;
  sliceId: string;
  position: number;
}

/** The place of a slice's row. */
export function placeOf({
  id,
  studyId,
  position,
}: {
  id: string;
  studyId: string;
  position: number;
}): SlicePlace {
  return { studyId, sliceId: id, position };
}
