import { transaction } from "@/lib/platform/database";
import type { PlanFindings } from "./plan-findings";
import { predictAndRecord } from "./predict-and-record";
import { reportImport } from "./report-import";

/** Ends an import that has read every file: report, audit and predictions in one transaction. Twice does nothing more. */
export async function finishImport(importId: string, findings: PlanFindings): Promise<void> {
  await transaction(async (db) => {
    const ended = await db.import.updateMany({
      where: { id: importId, state: "IMPORTING" },
      data: { state: "DONE", finishedAt: new Date() },
    });
    if (ended.count === 0) return;
    const report = await reportImport(db, importId, findings);
    await db.import.update({ where: { id: importId }, data: { report: { ...report } as object } });
    await predictAndRecord(db, importId, "import.finished", {
      slices: report.slices,
      alreadyThere: report.alreadyThere,
      rejects: report.rejects.length,
    });
  });
}
