import type { ImportPlan, MaskTable, PlacedSlice, TableText } from "./import-plan";
import { parseCsv, TableError } from "./parse-csv";

/** Sorts tables by their columns, whatever their names; one that cannot be read becomes a reject. */
export function readTables(tables: readonly TableText[], plan: ImportPlan) {
  const maskTables: MaskTable[] = [];
  const clinicalRows: { patient: string; values: Record<string, string> }[] = [];
  const seen = new Set<string>();
  for (const { path, text } of tables) {
    if (seen.has(text)) continue; // a second copy, as in archives that hold a folder twice
    seen.add(text);
    let table: ReturnType<typeof parseCsv>;
    try {
      table = parseCsv(text, columnsUsed);
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      plan.rejects.push({ file: path, reason: { code: "table-unreadable", cause: error.said } });
      continue;
    }
    if (table.columns.includes("image_path")) {
      const rows = table.rows.map(({ row, values }) => ({
        row,
        patient: values.patient_id ?? "",
        imagePath: values.image_path!,
        maskPath: values.mask_path ?? "",
        mask: values.mask ?? "",
      }));
      maskTables.push({ path, rows });
    } else if (table.columns.includes("patient")) {
      for (const { values } of table.rows) {
        const { patient, ...rest } = values;
        clinicalRows.push({ patient: patient!, values: withoutEmpty(rest) });
      }
    } else {
      plan.rejects.push({ file: path, reason: { code: "table-of-nothing-known" } });
    }
  }
  return { maskTables, clinicalRows };
}

const maskColumns = ["patient_id", "image_path", "mask_path", "mask"];

/** A clinical table is kept whole. */
function columnsUsed(columns: string[]): string[] {
  if (columns.includes("image_path")) return maskColumns;
  return columns.includes("patient") ? columns : [];
}

/** Notes what each row says of its slice, and where rows contradict the files. */
export function applyMaskTable(
  table: MaskTable,
  slices: Map<string, PlacedSlice>,
  masks: string[],
  plan: ImportPlan,
): void {
  const findImage = findByTail([...slices.keys(), ...plan.rejects.map(({ file }) => file)]);
  const findMask = findByTail(masks);
  for (const { row, patient, imagePath, maskPath, mask } of table.rows) {
    const where = { row, table: table.path };
    const found = findImage(imagePath);
    if (found === null) {
      plan.missing.push({ file: imagePath, reason: { code: "row-names-no-image", ...where } });
      continue;
    }
    const slice = slices.get(found);
    if (!slice) continue; // rejected, and already reported

    const { patientKey, studyFolder } = slice.identity;
    if (patient !== "" && patient !== patientKey && patient !== studyFolder) {
      plan.conflicts.push({
        file: found,
        reason: { code: "row-says-other-patient", ...where, patient, study: studyFolder },
      });
    }
    const value = mask === "0" ? 0 : mask === "1" ? 1 : null;
    if (slice.listed && slice.csvMask !== value) {
      plan.conflicts.push({ file: found, reason: { code: "row-contradicts-row", ...where } });
    } else slice.csvMask = value;
    slice.listed = true;

    if (maskPath === "") continue;
    const foundMask = findMask(maskPath);
    if (foundMask === null)
      plan.missing.push({ file: maskPath, reason: { code: "row-names-no-mask", ...where } });
    else if (slice.maskPath === null) slice.maskPath = foundMask;
    else if (slice.maskPath !== foundMask) {
      plan.conflicts.push({
        file: found,
        reason: { code: "row-names-other-mask", ...where, named: foundMask, beside: slice.maskPath },
      });
    }
  }
}

/**
 * Finds a path by what a table calls it: of the paths with that file name the one whose folders agree furthest, from
 * the end; null where none or several do. So it does not matter what stands before, be it `/kaggle/input/` or a drive;
 * nor do back-slashes, spaces around and the case of letters.
 */
export function findByTail(paths: readonly string[]): (called: string) => string | null {
  const byName = new Map<string, { path: string; parts: string[] }[]>();
  for (const path of paths) {
    const parts = reversedParts(path);
    const known = byName.get(parts[0]!);
    if (known) known.push({ path, parts });
    else byName.set(parts[0]!, [{ path, parts }]);
  }
  return (called) => {
    const wanted = reversedParts(called);
    let best: string | null = null;
    let bestAgreeing = 0;
    for (const { path, parts } of byName.get(wanted[0]!) ?? []) {
      let agreeing = 0;
      while (agreeing < parts.length && parts[agreeing] === wanted[agreeing]) agreeing++;
      if (agreeing > bestAgreeing) {
        best = path;
        bestAgreeing = agreeing;
      } else if (agreeing === bestAgreeing) best = null;
    }
    return best;
  };
}

function reversedParts(path: string) {
  const parts = path.replaceAll("\\", "/").toLowerCase().split("/");
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== ".")
    .reverse();
}

function withoutEmpty(values: Record<string, string>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
