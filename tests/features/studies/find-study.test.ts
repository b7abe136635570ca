import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listLabels } from "@/lib/features/labels/list-labels";
import { saveLabel } from "@/lib/features/labels/save-label";
import { findStudy } from "@/lib/features/studies/find-study";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { drawnMask, emptyDatabase, makeActor, makeStudy, storeMask } from "../../support/factories";

let reader: Actor;
let study: Awaited<ReturnType<typeof makeStudy>>;

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  study = await makeStudy("TCGA_CS_0001", [true, true, false, null]);
});
afterAll(disconnect);

const slices = async () => (await findStudy(reader, study)).slices;
const draw = (sliceId: string, basedOn: number) =>
  saveLabel(reader, {
    sliceId,
    basedOn,
    saveId: randomUUID(),
    modelId: null,
    labelClass: "TUMOR",
    act: "draw",
    mask: "drawn",
    drawn: drawnMask([1]),
  });

describe("what an import said of a slice", () => {
  it("is told beside the current label, whoever's that is", async () => {
    const before = (await slices()).map(({ imported }) => imported);
    expect(before.map((imported) => imported?.labelClass)).toEqual(["TUMOR", "TUMOR", "NO_TUMOR", undefined]);
    const [version1] = await listLabels(reader, { sliceId: study.sliceIds[0]! });
    const { id, maskSha256 } = version1!;
    expect(before[0]).toMatchObject({ id, areaPixels: 5, maskSha256 });
    for (const [index, basedOn] of [
      [0, 1],
      [2, 1],
      [3, 0],
    ] as const)
      await draw(study.sliceIds[index]!, basedOn);
    expect((await slices()).map(({ imported }) => imported)).toEqual(before);
  });

  it("is the newest import's of several", async () => {
    const sliceId = study.sliceIds[0]!;
    const imported = { sliceId, source: "IMPORTED" as const, labelClass: "TUMOR" as const };
    const maskSha256 = await storeMask(9);
    const newest = await database().label.create({
      data: { ...imported, version: 2, maskSha256, areaPixels: 9 },
    });
    expect((await slices())[0]).toMatchObject({ imported: { id: newest.id, areaPixels: 9 } });
    await draw(sliceId, 2);
    expect((await slices())[0]).toMatchObject({ imported: { id: newest.id }, label: { version: 3 } });
  });
});

describe("a slice's orientation", () => {
  it("is six numbers, or none where it is unknown", async () => {
    const axial = [1, 0, 0, 0, 1, 0];
    await database().slice.update({ where: { id: study.sliceIds[1]! }, data: { orientation: axial } });
    expect((await slices()).map((slice) => slice.orientation)).toEqual([[], axial, [], []]);
  });

  it("is never half of one", async () => {
    const half = { where: { id: study.sliceIds[0]! }, data: { orientation: [1, 0, 0] } };
    await expect(database().slice.update(half)).rejects.toThrow();
  });
});
