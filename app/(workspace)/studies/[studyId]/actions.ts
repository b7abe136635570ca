"use server";
import { action } from "@/app/_server/action";
import { findDrafts } from "@/lib/features/labels/find-drafts";
import { listLabels } from "@/lib/features/labels/list-labels";
import { restoreLabel } from "@/lib/features/labels/restore-label";
import { saveLabel } from "@/lib/features/labels/save-label";
import { RestoreLabel, SaveLabel } from "@/lib/features/labels/schema";
import { nextFlagged } from "@/lib/features/predictions/next-flagged";
import { requestHeatmap } from "@/lib/features/predictions/request-heatmap";
import { findStudy } from "@/lib/features/studies/find-study";
import { SliceId, StudyId } from "@/lib/features/studies/schema";

export const findStudyAction = action(StudyId, findStudy);
export const saveLabelAction = action(SaveLabel, saveLabel);
export const restoreLabelAction = action(RestoreLabel, restoreLabel);
export const listLabelsAction = action(SliceId, listLabels);
export const nextFlaggedAction = action(SliceId, nextFlagged);
export const findDraftsAction = action(StudyId, findDrafts);
export const requestHeatmapAction = action(SliceId, requestHeatmap);
