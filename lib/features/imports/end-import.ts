import { transaction } from "@/lib/platform/database";
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
  error: string | null,
): Promise<void> {
  await transaction(async (db) => {
    const row = await db.import.findUnique({ where: { id: importId } });
    const ended = await db.import.updateMany({
      where: { id: importId, state: { in: ["INSPECTING", "IMPORTING"] } },
      data: { state, error, finishedAt: new Date() },
    });
    if (!row || ended.count === 0) return;
    if (row.state === "IMPORTING") {
      const report = await reportImport(db, importId, noFindings);
      report.notes.unshift(
        report.slices > 0
          ? "The import ended early. The studies counted here were imported by then and stay; importing the same archive again adds the rest."
          : "The import ended before anything was added.",
      );
      await db.import.update({ where: { id: importId }, data: { report: { ...report } as object } });
    }
    await predictAndRecord(db, importId, `import.${state.toLowerCase()}`, {});
  });
  await removeUpload(importId);
}
