import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { saveLabel } from "@/lib/features/labels/save-label";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { type Random, seededRandom, seedOf } from "@/lib/science/training/random";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const waves = 4;
const pick = <T>(values: readonly T[], random: Random) => values[Math.floor(random() * values.length)]!;

/** Some patients come, some labels change; what is chosen is drawn. */
async function grow(seed: number, wave: number, random: Random) {
  const reader = await makeActor("READER");
  for (let count = 3 + Math.floor(random() * 4); count > 0; count--) {
    const labels = Array.from({ length: 3 }, () => pick([true, false, null], random));
    await makeStudy(`TCGA_${pick(["CS", "DU"], random)}_${seed}${wave}${count}`, [...labels, true]);
  }
  const slices = await database().slice.findMany({ orderBy: { fileName: "asc" } });
  for (let count = 0; count < 5; count++) {
    const { id: sliceId } = pick(slices, random);
    const labelClass = pick(["TUMOR", "NO_TUMOR", "CANNOT_TELL"] as const, random);
    await saveLabel(reader, {
      sliceId,
      basedOn: await database().label.count({ where: { sliceId } }),
      saveId: randomUUID(),
      modelId: null,
      act: "state",
      mask: "none",
      labelClass,
      ...(labelClass === "CANNOT_TELL" ? { reason: "ARTEFACT" as const } : {}),
    });
  }
}

it.each([1, 2, 3, 4])(
  "snapshots of a growing installation keep each patient's role, test nobody that the base has seen, and hold (%i)",
  async (seed) => {
    const random = seededRandom(seedOf("snapshots", seed));
    const roles = new Map<string, string>();
    const snapshotIds: string[] = [];
    for (let wave = 0; wave < waves; wave++) {
      await grow(seed, wave, random);
      const patients = await database().patient.findMany({ orderBy: { key: "asc" } });
      const seen = new Set(patients.map(({ hashedKey }) => hashedKey).filter(() => random() < 0.2));
      const { runId, jobId } = await requestTraining(systemActor, RequestTraining.parse({}));
      const snapshotId = await takeSnapshot(runId, [...seen]);
      await database().job.update({ where: { id: jobId }, data: { status: "DONE" } });
      snapshotIds.push(snapshotId);

      const items = await database().snapshotItem.findMany({
        where: { snapshotId },
        include: { patient: true, label: true, slice: { include: { labels: true } } },
      });
      expect(new Set(items.map((item) => item.split)).size).toBeGreaterThan(1);
      for (const { split, patient, label, slice } of items) {
        expect(split).toBe(roles.get(patient.key) ?? split);
        roles.set(patient.key, split);
        expect(patient.split).toBe(split);
        if (split === "TEST") expect(seen.has(patient.hashedKey)).toBe(false);
        expect(label.version).toBe(slice.labels.length);
        expect(label.labelClass).not.toBe("CANNOT_TELL");
      }
      const context = await database().snapshotContext.findMany({ where: { snapshotId } });
      const used = [...items, ...context].map((item) => item.sliceId);
      const studyIds = [...new Set(items.map((item) => item.slice.studyId))];
      const all = await database().slice.findMany({ where: { studyId: { in: studyIds } } });
      expect(used.sort()).toEqual(all.map((slice) => slice.id).sort());
    }
    for (const snapshotId of snapshotIds)
      expect(await verifySnapshot(systemActor, { snapshotId })).toMatchObject({ holds: true });
  },
);
