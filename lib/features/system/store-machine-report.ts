import { database, type Prisma, transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import { Capabilities, type MachineReport } from "./schema";

/** Keeps what a worker found on its machine beside the worker's row; one that has ended is left alone. */
export async function storeMachineReport(workerId: string, machine: MachineReport): Promise<void> {
  await transaction(async (db) => {
    const [worker] = await db.$queryRaw<{ capabilities: unknown }[]>`
      SELECT capabilities FROM "WorkerProcess" WHERE id = ${workerId}::uuid FOR UPDATE`;
    if (!worker) return;
    const { askedAt: _, ...known } = Capabilities.parse(worker.capabilities);
    const capabilities = { ...known, machine } as Prisma.InputJsonObject;
    await db.workerProcess.update({ where: { id: workerId }, data: { capabilities } });
    await notifyChange(db, "worker", workerId);
  });
}

/** Whether a person has asked a worker to look at its machine again since it last did. */
export async function isExaminationAsked(workerId: string): Promise<boolean> {
  const worker = await database().workerProcess.findUnique({
    where: { id: workerId },
    select: { capabilities: true },
  });
  return worker !== null && Capabilities.parse(worker.capabilities).askedAt !== undefined;
}
