import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { Settings } from "./schema";

/** Changes the installation's settings, from the next request on. Throws `forbidden` without `settings:write`. */
export async function saveSettings(actor: Actor, settings: Settings): Promise<Settings> {
  requirePermission(actor, "settings:write");
  return transaction(async (db) => {
    const before = await db.settings.findUniqueOrThrow({ where: { id: 1 } });
    if (before.blindTestPatients === settings.blindTestPatients) return settings;
    await db.settings.update({ where: { id: 1 }, data: settings });
    // Open studies show or hide predictions at once, as after a promotion.
    await notifyChange(db, "production", "settings");
    await recordAudit(db, actor, "settings.changed", "settings", settings);
    return settings;
  });
}
