import { route } from "@/app/_server/route";
import { discardDraft } from "@/lib/features/labels/discard-draft";
import { saveDraft } from "@/lib/features/labels/save-draft";
import { DiscardDraft, mostStrokeCharacters, SaveDraft } from "@/lib/features/labels/schema";

/** All strokes of a draft, with what stands around each. */
const jsonLimit = mostStrokeCharacters + 2 ** 20;

/**
 * The reader's draft of a slice, whole: `{revision, saved}`, the stored revision, and whether it has become a label
 * already. A route rather than an action, since it is also sent while its page goes away.
 */
export const PUT = route(SaveDraft, saveDraft, { jsonLimit });

/** Throws away the reader's draft `?id=`. */
export const DELETE = route(DiscardDraft, discardDraft);
