/** What a view shows: a channel of the slice's image, or the three as one colour picture. */
export const sequences = ["flair", "t1-post", "t1-pre", "composite"] as const;
export type Sequence = (typeof sequences)[number];

export const sequenceNames: Record<Sequence, string> = {
  flair: "FLAIR",
  "t1-post": "T1 post-contrast",
  "t1-pre": "T1 pre-contrast",
  composite: "RGB composite",
};

/** Index of the sequence in a pixel's R, G, B; null for the composite. */
export const channelOf: Record<Sequence, 0 | 1 | 2 | null> = {
  flair: 1,
  "t1-post": 2,
  "t1-pre": 0,
  composite: null,
};

export const layouts = ["one-up", "two-up", "three-up"] as const;
export type Layout = (typeof layouts)[number];

/** Views of a layout from the left, before the reader chooses others. */
export const defaultHanging: readonly Sequence[] = ["flair", "t1-post", "t1-pre"];

export function viewsIn(layout: Layout): number {
  return layouts.indexOf(layout) + 1;
}

export function nextLayout(layout: Layout): Layout {
  return layouts[(layouts.indexOf(layout) + 1) % layouts.length]!;
}
