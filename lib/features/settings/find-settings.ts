import { consistentRead } from "@/lib/platform/database";
import { type Actor, patientsReadableBy, requirePermission, studiesReadableBy } from "@/lib/records/access";
import { readsBlind } from "@/lib/records/blind-reading";
import type { SettingsView } from "./schema";

/** The installation's settings. Throws `forbidden` without `settings:write`. */
export async function findSettings(actor: Actor): Promise<SettingsView> {
  requirePermission(actor, "settings:write");
  return consistentRead(async (db) => {
    const sums = await db.study.aggregate({
      where: { AND: [studiesReadableBy(actor), { patient: { split: "TEST" } }] },
      _sum: { sliceCount: true, correctedSlices: true },
    });
    return {
      blindTestPatients: await readsBlind(db),
      testPatients: await db.patient.count({
        where: { AND: [patientsReadableBy(actor), { split: "TEST" }] },
      }),
      undecidedSlices: (sums._sum.sliceCount ?? 0) - (sums._sum.correctedSlices ?? 0),
    };
  });
}
