import { z } from "zod";
import { database } from "@/lib/platform/database";
import { fitHeadJob } from "./jobs";

const FittedHead = z.object({ sha256: z.string() });

/** SHA-256 of each of a run's fitted heads, in the order of their index. */
export async function readFittedHeads(runId: string): Promise<string[]> {
  const steps = await database().trainingStep.findMany({
    where: { runId, kind: fitHeadJob.kind },
    orderBy: { index: "asc" },
  });
  return steps.map(({ result }) => FittedHead.parse(result).sha256);
}
