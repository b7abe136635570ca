import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "../users/access";

/** How much there is of everything, and what the workers are doing. `production` is the model's number, or null. */
export async function readStatus(actor: Actor) {
  requirePermission(actor, "system:read");
  const db = database();
  const [
    patients,
    studies,
    slices,
    labels,
    predictions,
    flags,
    models,
    production,
    running,
    waiting,
    failed,
  ] = await Promise.all([
    db.patient.count(),
    db.study.count(),
    db.slice.count(),
    db.label.count(),
    db.prediction.count(),
    db.flag.count(),
    db.model.count(),
    db.model.findFirst({ where: { state: "PRODUCTION" }, select: { number: true } }),
    db.job.count({ where: { status: "RUNNING", wholeId: null } }),
    db.job.count({ where: { status: "WAITING", wholeId: null } }),
    db.job.count({ where: { status: "FAILED", wholeId: null } }),
  ]);
  return {
    patients,
    studies,
    slices,
    labels,
    predictions,
    flags,
    models,
    production: production?.number ?? null,
    jobs: { running, waiting, failed },
  };
}
