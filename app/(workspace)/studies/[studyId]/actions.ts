"use server";
import { action } from "@/app/_server/action";
import { listLabels } from "@/lib/features/labels/list-labels";
import { saveLabel } from "@/lib/features/labels/save-label";
import { SaveLabel } from "@/lib/features/labels/schema";
import { nextFlagged } from "@/lib/features/predictions/next-flagged";
import { SliceId } from "@/lib/features/studies/schema";

export const saveLabelAction = action(SaveLabel, saveLabel);
export const listLabelsAction = action(SliceId, listLabels);
export const nextFlaggedAction = action(SliceId, nextFlagged);
