import {
  type ImportPlan,
  type MaskTable,
  naturalOrder,
  type PlacedSlice,
  type StudyPlan,
  type TableText,
} from "./import-plan";
import { applyMaskTable, findByTail, readTables } from "./import-tables";
import { isMaskName, sliceIdentity } from "./slice-identity";

const IMAGE_EXTENSION = /\.(tiff?|png|jpe?g)$/i;
/** What belongs to data sets without being an image; passed over in silence. */
const COMPANION = /(\.(csv|md|txt|json|pdf|html?)|(^|\/)(licen[sc]e|readme|copying))$/i;

/**
 * What an import of these files would make: studies with their slices in order, and everything that does not fit.
 *
 * Patient and study come from folder and file names, never from a table: `TCGA_CS_4941_19960909_12.tif` is slice 12 of
 * patient TCGA_CS_4941, studied on 1996-09-09 at site CS. Files of other names belong to the patient of their top
 * folder, or, all lying in one folder, of their name before its number. A mask is the sibling `..._mask`, or what the
 * table names. The same slice twice (as in archives that hold a folder and a copy of it) counts once: the shorter path.
 *
 * `paths` are relative, parts joined by `/`; `tables` are texts of the `.csv` files among them: one with
 * `image_path` is the mask table, one with `patient` the clinical table.
 */
export function planImport(
  paths: readonly { path: string; size: number }[],
  tables: readonly TableText[],
): ImportPlan {
  const steps = planSteps(paths, tables);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps, for a process that has other things to do: 150,000 slices take ten seconds of processor, a step of
 * them one or two.
 */
export function* planSteps(
  paths: readonly { path: string; size: number }[],
  tables: readonly TableText[],
): Generator<undefined, ImportPlan> {
  const plan: ImportPlan = {
    studies: [],
    conflicts: [],
    duplicates: [],
    rejects: [],
    missing: [],
    unlisted: [],
    clinical: {},
    clinicalUnmatched: [],
  };
  const { maskTables, clinicalRows } = readTables(tables, plan);
  yield;

  const images: string[] = [];
  const masks: string[] = [];
  const named = masksNamedBy(maskTables, paths);
  yield;
  for (const { path, size } of paths) {
    if (COMPANION.test(path)) continue;
    if (!IMAGE_EXTENSION.test(path)) plan.rejects.push({ file: path, reason: { code: "no-image-format" } });
    else if (size === 0) plan.rejects.push({ file: path, reason: { code: "image-empty" } });
    else if (isMaskName(path) || named.has(path)) masks.push(path);
    else images.push(path);
  }

  yield;
  const slices = placeSlices(images, plan);
  yield;
  const usable = withoutCopies(masks, plan);
  yield;
  attachSiblingMasks(slices, usable);
  for (const table of maskTables) {
    yield;
    applyMaskTable(table, slices, usable, plan);
  }
  yield;
  rejectOrphanMasks(slices, usable, plan);
  if (maskTables.length > 0) {
    plan.unlisted = [...slices.values()].filter(({ listed }) => !listed).map(({ imagePath }) => imagePath);
  }

  plan.studies = gatherStudies(slices);
  yield;
  addClinical(plan, clinicalRows);
  return plan;
}

/** Slices by image path. Shorter paths come first, so that of two copies the one nearer to the top stays. */
function placeSlices(images: string[], plan: ImportPlan): Map<string, PlacedSlice> {
  const ordered = [...images].sort((a, b) => a.split("/").length - b.split("/").length || naturalOrder(a, b));
  const identify = sliceIdentity(ordered);
  const slices = new Map<string, PlacedSlice>();
  const taken = new Map<string, string>();
  for (const imagePath of ordered) {
    const identity = identify(imagePath);
    if ("reason" in identity) {
      plan.rejects.push({ file: imagePath, reason: identity.reason });
      continue;
    }
    const place = `${identity.patientKey}\n${identity.studyFolder}\n${identity.position}`;
    const earlier = taken.get(place);
    if (earlier !== undefined) {
      plan.duplicates.push({ file: imagePath, reason: { code: "same-slice", as: earlier } });
      continue;
    }
    taken.set(place, imagePath);
    const position = identity.position;
    slices.set(imagePath, { position, imagePath, maskPath: null, csvMask: null, identity, listed: false });
  }
  return slices;
}

const stem = (path: string) => path.replace(IMAGE_EXTENSION, "").toLowerCase();

/** Leaves out masks of images that were passed over, and second masks of the same name (`1_mask.tif`, `1_mask.png`). */
function withoutCopies(masks: string[], plan: ImportPlan): string[] {
  const passedOver = new Set([...plan.duplicates, ...plan.rejects].map(({ file }) => `${stem(file)}_mask`));
  const byStem = new Map<string, string>();
  for (const mask of [...masks].sort(naturalOrder)) {
    if (passedOver.has(stem(mask))) continue;
    const earlier = byStem.get(stem(mask));
    if (earlier === undefined) byStem.set(stem(mask), mask);
    else plan.duplicates.push({ file: mask, reason: { code: "same-mask", as: earlier } });
  }
  return [...byStem.values()];
}

function attachSiblingMasks(slices: Map<string, PlacedSlice>, masks: string[]) {
  const byStem = new Map(masks.map((mask) => [stem(mask), mask]));
  for (const slice of slices.values()) slice.maskPath = byStem.get(`${stem(slice.imagePath)}_mask`) ?? null;
}

function masksNamedBy(tables: MaskTable[], paths: readonly { path: string }[]): Set<string> {
  const find = findByTail(paths.map(({ path }) => path));
  const named = new Set<string>();
  for (const { rows } of tables) {
    for (const { maskPath } of rows) {
      const found = maskPath === "" ? null : find(maskPath);
      if (found) named.add(found);
    }
  }
  return named;
}

function rejectOrphanMasks(slices: Map<string, PlacedSlice>, masks: string[], plan: ImportPlan) {
  const used = new Set([...slices.values()].map(({ maskPath }) => maskPath));
  for (const mask of masks) {
    if (!used.has(mask)) plan.rejects.push({ file: mask, reason: { code: "mask-without-image" } });
  }
}

function gatherStudies(slices: Map<string, PlacedSlice>): StudyPlan[] {
  const studies = new Map<string, StudyPlan>();
  for (const { identity, listed: _, ...slice } of slices.values()) {
    const key = `${identity.patientKey}\n${identity.studyFolder}`;
    const { patientKey, studyFolder, studyDate, site } = identity;
    let study = studies.get(key);
    if (!study) {
      study = { patientKey, studyFolder, studyDate, site, slices: [] };
      studies.set(key, study);
    }
    study.slices.push(slice);
  }
  for (const { slices } of studies.values()) slices.sort((a, b) => a.position - b.position);
  return [...studies.values()].sort((a, b) => naturalOrder(a.studyFolder, b.studyFolder));
}

function addClinical(plan: ImportPlan, rows: { patient: string; values: Record<string, string> }[]) {
  const keys = new Set(plan.studies.map(({ patientKey }) => patientKey));
  for (const { patient, values } of rows) {
    if (keys.has(patient)) plan.clinical[patient] = values;
    else plan.clinicalUnmatched.push(patient);
  }
}
