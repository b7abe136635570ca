import { transaction } from "@/lib/platform/database";
import type { Refusal } from "@/lib/platform/errors";

import { storedMessage } from "@/lib/platform/stored-message";
import { noFindings } from "./plan-findings";
import { predictAndRecord } from "./predict-and-record";
import { reportImport } from "./report-import";
import { removeUpload } from "./upload-file";

/**
 * Ends an import whose job failed or was cancelled. Studies that were imported by then stay, and the report says so; the upload's bytes go.
 */
export async function endImport(
  importId: string,
  state: "FAILED" | "CANCELLED",
  error: Refusal | null,
): Promise<void> {
  await transaction(async (db) => {
    const row = await db.import.findUnique({ where: { id: importId } });
    const ended = await db.import.updateMany({
      where: { id: importId, state: { in: ["INSPECTING", "IMPORTING"] } },
      data: { state, error: storedMessage(error), finishedAt: new Date() },
    });
    if (!row || ended.count === 0) return;
    if (row.state === "IMPORTING") {
      const report = await reportImport(db, importId, noFindings);
      report.notes.unshift({ code: report.slices > 0 ? "ended-early" : "ended-before-anything" });
      await db.import.update({ where: { id: importId }, data: { report: { ...report } as object } });
    }
    await predictAndRecord(db, importId, `import.${state.toLowerCase()}`, {});
  });
  await removeUpload(importId);
}
