import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readingTimes } from "@/lib/features/labels/reading-times";
import { saveLabel } from "@/lib/features/labels/save-label";
import { disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

let reader: Actor;
let admin: Actor;
let sliceIds: string[];

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  admin = await makeActor("ADMIN");
  ({ sliceIds } = await makeStudy("TCGA_CS_0001", Array(8).fill(null)));
});
afterAll(disconnect);

/** A label on each slice, read for that long. */
async function read(actor: Actor, slices: string[], times: (number | undefined)[]) {
  for (const [index, readingMs] of times.entries()) {
    await saveLabel(actor, {
      sliceId: slices[index]!,
      basedOn: 0,
      saveId: randomUUID(),
      modelId: null,
      labelClass: "TUMOR",
      act: "state",
      mask: "none",
      readingMs,
    });
  }
}

describe("reading times", () => {
  it("are none where nothing was measured", async () => {
    await read(reader, sliceIds, [undefined]);
    expect(await readingTimes(admin, { cohort: "REAL" })).toEqual({ all: null, byReader: [] });
  });

  it("are median and 90th percentile, of all and of each reader", async () => {
    // Sorted 1, 2, 4, 8, 20 s: the middle one is 4; 0.9 of the way lies at place 3.6: 8 + 0.6 x 12 = 15.2.
    await read(reader, sliceIds, [8_000, 1_000, 20_000, undefined, 2_000, 4_000]);
    // With 10 s: 1, 2, 4, 8, 10, 20: between 4 and 8; place 4.5: 10 + 0.5 x 10 = 15.
    await read(admin, sliceIds.slice(6), [10_000]);
    expect(await readingTimes(admin, { cohort: "REAL" })).toEqual({
      all: { labels: 6, medianMs: 6_000, p90Ms: 15_000 },
      byReader: [
        { readerId: reader.id, readerName: "A reader", labels: 5, medianMs: 4_000, p90Ms: 15_200 },
        { readerId: admin.id, readerName: "A admin", labels: 1, medianMs: 10_000, p90Ms: 10_000 },
      ],
    });
  });

  it("of other readers are for who manages users", async () => {
    await read(reader, sliceIds, [8_000]);
    await read(admin, sliceIds.slice(1), [4_000]);
    const seen = await readingTimes(reader, { cohort: "REAL" });
    expect(seen.all).toMatchObject({ labels: 2 });
    expect(seen.byReader.map((row) => row.readerId)).toEqual([reader.id]);
  });

  it("of phantoms are not mixed with patients'", async () => {
    const phantoms = await makeStudy("PHANTOM_01_0001", [null], { cohort: "PHANTOM" });
    await read(reader, phantoms.sliceIds, [500]);
    expect((await readingTimes(admin, { cohort: "REAL" })).all).toBeNull();
    expect((await readingTimes(admin, { cohort: "PHANTOM" })).all).toMatchObject({ medianMs: 500 });
  });

  it("are refused to a role that allows nothing", async () => {
    const stranger = { ...reader, role: "VISITOR" as Actor["role"] };
    await expect(readingTimes(stranger, { cohort: "REAL" })).rejects.toMatchObject({ kind: "forbidden" });
  });
});
