import type { PredictionView, SliceView, StudyView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";

/** A study as the server tells of it: five slices of 2 x 3 pixels, all predicted as tumor. */

export const prediction: PredictionView = {
  modelId: "model",
  modelNumber: 7,
  pTumor: 0.97,
  pTumorAlone: null,
  headSpread: null,
  predictedClass: "TUMOR",
  threshold: 0.5,
  confidence: 0.97,
  areaPixels: 2,
  maskSha256: "proposed",
};

export function label(version: number, part: Partial<LabelView> = {}): LabelView {
  return {
    id: `label-${version}`,
    version,
    labelClass: "TUMOR",
    source: "HUMAN",
    act: null,
    areaPixels: null,
    maskSha256: null,
    maskOrigin: null,
    authorName: "A. Reader",
    modelNumber: null,
    reason: null,
    note: null,
    restoredVersion: null,
    undoneByName: null,
    createdAt: new Date(version * 1000),
    ...part,
  };
}

export function slice(position: number, part: Partial<SliceView> = {}): SliceView {
  return {
    id: `slice-${position}`,
    position,
    rows: 2,
    columns: 3,
    rowSpacingMm: null,
    columnSpacingMm: null,
    orientation: [],
    prediction,
    predictionHidden: false,
    label: null,
    labelVersion: part.label?.version ?? 0,
    imported: null,
    flags: [],
    ...part,
  };
}

export function study(part: Partial<StudyView> = {}): StudyView {
  return {
    id: "study",
    key: "STUDY",
    patientId: "patient",
    patientKey: "PATIENT",
    site: "SITE",
    cohort: "REAL",
    keptForTesting: false,
    studyDate: null,
    windowLow: [0, 0, 0],
    windowHigh: [255, 255, 255],
    slices: [1, 2, 3, 4, 5].map((position) => slice(position)),
    previousStudyId: null,
    nextStudy: null,
    ...part,
  };
}
