import type { SliceView, StudyView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";

/** What became known of a study. */
export type News =
  /** The study as the server has read it at some moment, which may lie before what is known here. */
  | { source: "server"; study: StudyView }
  /** A slice's label, as the answer to this reader's own request brought it. */
  | { source: "reader"; sliceId: string; label: LabelView };

/**
 * What is known of a study after the news.
 *
 * A label's version never goes down, however late an older answer arrives. Flags follow labels: those that came with an
 * older label do not come back, and a label that is newer than the flags ends them, as the server does. Slices stay the
 * ones that the study was opened with: their pictures are on the screen. What is equal stays the same object.
 */
export function merge(known: StudyView, news: News): StudyView {
  if (news.source === "reader") {
    const { sliceId, label } = news;
    return withSlices(
      known,
      known.slices.map((slice) => (slice.id === sliceId ? labelled(slice, label) : slice)),
    );
  }
  const told = new Map(news.study.slices.map((slice) => [slice.id, slice]));
  const slices = known.slices.map((slice) => {
    const now = told.get(slice.id);
    if (!now) return slice;
    if (slice.labelVersion > now.labelVersion) {
      const { label, labelVersion, flags } = slice;
      return shared(slice, { ...now, label, labelVersion, flags });
    }
    return shared(slice, now);
  });
  return withSlices(shared(known, { ...news.study, slices: known.slices }), slices);
}

/** With a newer label: flags were made for the one before. */
function labelled(slice: SliceView, label: LabelView): SliceView {
  if (label.version <= slice.labelVersion) return slice;
  return {
    ...slice,
    label: label.labelClass === "WITHDRAWN" ? null : label,
    labelVersion: label.version,
    flags: [],
  };
}

function withSlices(study: StudyView, slices: SliceView[]): StudyView {
  const same = slices.every((slice, at) => slice === study.slices[at]);
  return same ? study : { ...study, slices };
}

/** `now`, with whatever is equal in `before` as the same object. */
function shared<Value>(before: Value, now: Value): Value {
  if (Object.is(before, now)) return before;
  if (typeof before !== "object" || typeof now !== "object" || before === null || now === null) return now;
  if (before instanceof Date || now instanceof Date) {
    return before instanceof Date && now instanceof Date && +before === +now ? before : now;
  }
  if (Array.isArray(before) !== Array.isArray(now)) return now;
  const [one, other] = [before, now] as [Record<string, unknown>, Record<string, unknown>];
  const keys = Object.keys(other);
  const parts = keys.map((key) => shared(one[key], other[key]));
  const same =
    keys.length === Object.keys(one).length && keys.every((key, at) => key in one && parts[at] === one[key]);
  if (same) return before;
  if (Array.isArray(now)) return parts as Value;
  return Object.fromEntries(keys.map((key, at) => [key, parts[at]])) as Value;
}
