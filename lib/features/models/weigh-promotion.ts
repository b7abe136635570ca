import type { Transaction } from "@/lib/platform/database";
import type { Model } from "@/lib/platform/generated/client";
import type { Actor } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import type { GateVerdict } from "@/lib/science/metrics/gate";
import { artifactRefusal } from "./artifact-refusal";
import { judgeModel } from "./judge-model";
import type { PromotionRefusal } from "./refusals";

/** What speaks for and against putting a model into production now. */
export interface Weighed {
  production: Model | null;
  /** Why it must not be done; no reason overrides them. */
  refusals: PromotionRefusal[];
  /** Null while the model is to be compared with the one in production first. */
  verdict: GateVerdict | null;
  /** The gate cannot decide: it takes an admin's written reason. */
  needsReason: boolean;
  /** The actor asked for the run, and is the only admin. */
  onlyAdmin: boolean;
}

/**
 * Weighs a promotion: the model's state and cohort, its artifact, the gate, and the rule of two people. Called once for
 * the preview and again inside the promotion's transaction, so that what was shown is what holds.
 */
export async function weighPromotion(db: Transaction, actor: Actor, model: Model): Promise<Weighed> {
  const production = await servingModel(db);
  const refusals = await standingRefusals(db, model);
  const verdict = await judgeModel(db, model, production);
  if (production && production.id !== model.id) refusals.push(...gateRefusals(verdict, model, production));
  const people = await weighPeople(db, actor, model);
  if (people === "same") refusals.push({ code: "asked-for-by-same-person", number: model.number });
  return {
    production,
    refusals,
    verdict,
    needsReason: verdict?.outcome === "undecided",
    onlyAdmin: people === "only-admin",
  };
}

/** Why a model must not go into production, whatever its figures. */
export async function standingRefusals(db: Transaction, model: Model): Promise<PromotionRefusal[]> {
  const refusals: PromotionRefusal[] = [];
  if (model.state === "PRODUCTION") refusals.push({ code: "already-in-production", number: model.number });
  if (model.state === "REJECTED") refusals.push({ code: "was-rejected", number: model.number });
  if (model.cohort === "PHANTOM" && (await db.patient.count({ where: { cohort: "REAL" } })) > 0) {
    refusals.push({ code: "phantoms-beside-patients" });
  }
  refusals.push(...(await artifactRefusal(model)));
  return refusals;
}

function gateRefusals(verdict: GateVerdict | null, model: Model, production: Model): PromotionRefusal[] {
  const numbers = { number: model.number, production: production.number };
  if (!verdict) return [{ code: "not-compared", ...numbers }];
  if (verdict.outcome !== "failed") return [];
  const failed = verdict.figures.filter(({ outcome }) => outcome === "failed");
  return [{ code: "gate-refuses", ...numbers, figures: failed.map(({ says }) => says) }];
}

/**
 * Whoever asked for a run does not promote what came of it, unless there is no other admin. A run from the command line
 * was asked for by the system, which is no person: any admin may promote it.
 */
async function weighPeople(
  db: Transaction,
  actor: Actor,
  { runId }: Model,
): Promise<"two" | "same" | "only-admin"> {
  if (!runId || !actor.id) return "two";
  const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
  if (run.requestedById !== actor.id) return "two";
  const others = await db.user.count({
    where: { role: "ADMIN", deactivatedAt: null, id: { not: actor.id } },
  });
  return others > 0 ? "same" : "only-admin";
}
