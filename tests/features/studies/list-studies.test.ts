import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveLabel } from "@/lib/features/labels/save-label";
import { listStudies } from "@/lib/features/studies/list-studies";
import { ListStudies, type StudyList, studyOrders } from "@/lib/features/studies/schema";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { pageSize } from "@/lib/records/pages";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

const count = 2 * pageSize + 7;
let reader: Actor;
let model: Awaited<ReturnType<typeof makeModel>>;
let studies: Awaited<ReturnType<typeof makeStudy>>[];

beforeAll(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  model = await makeModel("PRODUCTION");
  studies = [];
  for (let index = 0; index < count; index++)
    studies.push(await makeStudy(`TCGA_CS_${1000 + index}`, index % 4 === 0 ? [true, null] : [true, false]));
  // Every third study has no prediction; some lowest confidences are equal.
  for (const [index, { sliceIds }] of studies.entries())
    if (index % 3) await makePredictions(model, [[sliceIds[0]!, 0.6 + (index % 10) / 25, 3]]);
});
afterAll(disconnect);

const list = (change: object = {}) => listStudies(reader, ListStudies.parse(change));

/** All pages of a list, forwards. */
async function allPages(change: object): Promise<StudyList[]> {
  const pages = [await list(change)];
  for (let next = pages[0]!.next; next; next = pages.at(-1)!.next)
    pages.push(await list({ ...change, page: next }));
  return pages;
}

describe("the worklist", () => {
  it.each(studyOrders)("ordered by %s shows every study once, forwards and back", async (order) => {
    const pages = await allPages({ order });
    expect(pages.map(({ rows }) => rows.length)).toEqual([pageSize, pageSize, 7]);
    const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(count);
    for (const { total } of pages) expect(total).toBe(count);
    expect(pages[0]!.previous).toBeNull();
    expect(pages.at(-1)!.next).toBeNull();
    let page = pages.at(-1)!;
    for (let at = pages.length - 2; at >= 0; at--) {
      page = await list({ order, page: page.previous! });
      expect(page.rows).toEqual(pages[at]!.rows);
    }
    expect(page.previous).toBeNull();
  });

  it("by doubt begins with the least certain study and ends with those without predictions", async () => {
    const rows = (await allPages({ order: "doubt" })).flatMap((page) => page.rows);
    const confidences = rows.map(({ lowestConfidence }) => lowestConfidence);
    const known = confidences.filter((one) => one !== null);
    expect(known).toEqual([...known].sort((a, b) => a - b));
    expect(confidences.slice(known.length).every((one) => one === null)).toBe(true);
    expect(confidences.length - known.length).toBe(Math.ceil(count / 3));
  });

  it("by patient is in the order of keys, newest first in that of their records", async () => {
    const keys = (await list()).rows.map(({ patientKey }) => patientKey);
    expect(keys).toEqual([...keys].sort());
    expect((await list({ order: "newest" })).rows[0]!.id).toBe(studies.at(-1)!.studyId);
  });

  it("finds part of a key, and counts what a filter leaves", async () => {
    expect((await list({ search: "cs_1007" })).rows.map(({ patientKey }) => patientKey)).toEqual([
      "TCGA_CS_1007",
    ]);
    const unlabelled = await list({ filter: "unlabelled" });
    expect(unlabelled.total).toBe(Math.ceil(count / 4));
    expect(unlabelled.rows.every(({ labelled, slices }) => labelled < slices)).toBe(true);
    expect((await list({ filter: "corrected" })).total).toBe(0);
    const flagged = await list({ filter: "flagged" });
    expect(flagged.rows.every((row) => row.flagged! > 0)).toBe(true);
    expect(flagged.total).toBe(
      await database().studyPrediction.count({ where: { modelId: model.id, flaggedSlices: { gt: 0 } } }),
    );
  });

  it("shows real patients once there are any, and phantoms where they are asked for", async () => {
    await makeStudy("PHANTOM_01_0001", [true], { cohort: "PHANTOM" });
    expect(await list()).toMatchObject({ total: count, cohort: "REAL" });
    expect(await list({ cohort: "PHANTOM" })).toMatchObject({ total: 1, cohort: "PHANTOM" });
    expect(await list({ cohort: "ANY" })).toMatchObject({ total: count + 1, cohort: "ANY" });
  });

  it("counts what two people save in one study at once", async () => {
    const { sliceIds, studyId } = await makeStudy("TCGA_HT_0001", [null, null, null, null]);
    const save = (sliceId: string) =>
      saveLabel(reader, {
        sliceId,
        basedOn: 0,
        saveId: randomUUID(),
        modelId: null,
        labelClass: "NO_TUMOR",
        act: "state",
        mask: "none",
      });
    await Promise.all(sliceIds.map(save));
    const row = (await list({ search: "TCGA_HT_0001" })).rows[0];
    expect(row).toMatchObject({ id: studyId, labelled: 4, labelledTumor: 0, reviewed: 4 });
    expect(await database().study.findUnique({ where: { id: studyId } })).toMatchObject({
      statedBits: "1111",
      tumorBits: "0000",
    });
  });

  it("counts slices that are unsure apart from those that state a class", async () => {
    const { sliceIds } = await makeStudy("TCGA_HT_0002", [true, false, null]);
    await database().label.create({
      data: { sliceId: sliceIds[1]!, version: 2, labelClass: "CANNOT_TELL", source: "IMPORTED" },
    });
    expect((await list({ search: "TCGA_HT_0002" })).rows[0]).toMatchObject({
      labelled: 2,
      labelledTumor: 1,
      labelledUnsure: 1,
    });
  });

  it.each(["nonsense", "a", "aW10", `a${Buffer.from('["x"]').toString("base64url")}`])(
    "refuses the page %s",
    async (page) => {
      const parsed = ListStudies.safeParse({ page });
      if (!parsed.success) return expect(parsed.error.issues[0]!.path).toEqual(["page"]);
      await expect(listStudies(reader, parsed.data)).rejects.toMatchObject({ kind: "invalid" });
    },
  );
});
