import { afterAll, beforeEach, expect, it } from "vitest";
import { database, disconnect } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import type { Role } from "@/lib/platform/generated/enums";
import { type Actor, patientsReadableBy } from "@/lib/records/access";
import { patientScope } from "@/lib/records/patient-scope";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

it("says in SQL what it says to Prisma, for every role and for one that nobody knows", async () => {
  for (const key of ["TCGA_CS_0001", "TCGA_DU_0002"]) await makeStudy(key, [true]);
  const actors: Actor[] = [];
  for (const role of ["READER", "REVIEWER", "ADMIN"] as const) actors.push(await makeActor(role));
  actors.push({ ...actors[0]!, role: "VISITOR" as Role });
  const seen = [];
  for (const actor of actors) {
    const prisma = await database().patient.findMany({
      where: patientsReadableBy(actor),
      orderBy: { id: "asc" },
      select: { id: true },
    });
    const sql = await database().$queryRaw<{ id: string }[]>`
      SELECT pt."id" FROM "Patient" pt WHERE ${patientScope(actor, Prisma.sql`pt."id"`)} ORDER BY pt."id"`;
    expect(sql).toEqual(prisma);
    seen.push(sql.length);
  }
  expect(seen).toEqual([2, 2, 2, 0]);
});
