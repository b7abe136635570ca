import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { toBase64 } from "@/lib/features/labels/base64";
import { listLabels } from "@/lib/features/labels/list-labels";
import { readLabelMask } from "@/lib/features/labels/read-label-mask";
import { saveLabel } from "@/lib/features/labels/save-label";
import { SaveLabel } from "@/lib/features/labels/schema";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import type { LabelView } from "@/lib/records/label-view";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import {
  drawnMask,
  emptyDatabase,
  makeActor,
  makeModel,
  makePredictions,
  makeStudy,
} from "../../support/factories";

let reader: Actor;
let sliceId: string;
let modelId: string;
/** The model's proposal: the first seven pixels. */
const proposal = [0, 1, 2, 3, 4, 5, 6];

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  sliceId = (await makeStudy("TCGA_CS_0001", [false])).sliceIds[0]!;
  const model = await makeModel("PRODUCTION");
  modelId = model.id;
  await makePredictions(model, [[sliceId, 0.9, proposal.length]]);
});
afterAll(disconnect);

const save = (change: Partial<SaveLabel>) =>
  saveLabel(reader, {
    sliceId,
    basedOn: 1,
    saveId: randomUUID(),
    modelId,
    labelClass: "TUMOR",
    act: "draw",
    mask: "drawn",
    ...change,
  });

describe("a drawn mask", () => {
  it("is the label's, a person's, with its area", async () => {
    const label = await save({ drawn: drawnMask([9, 10, 63]), reason: "BORDER" });
    expect(label).toMatchObject({ version: 2, areaPixels: 3, source: "HUMAN", modelNumber: null });
    expect(label).toMatchObject({ maskSha256: expect.any(String), reason: "BORDER", restoredVersion: null });
  });

  it("comes back pixel by pixel, whatever the slice's size", async () => {
    for (const [rows, columns] of [
      [1, 1],
      [3, 257],
      [129, 5],
    ] as const) {
      const study = await makeStudy(`TCGA_DU_${rows}`, [null], { rows, columns });
      const mask = Uint8Array.from({ length: rows * columns }, (_, index) => ((index * index) % 3) & 1);
      mask[rows * columns - 1] = 1;
      const { id, areaPixels } = await saveLabel(reader, {
        sliceId: study.sliceIds[0]!,
        basedOn: 0,
        saveId: randomUUID(),
        modelId: null,
        labelClass: "TUMOR",
        act: "draw",
        mask: "drawn",
        drawn: toBase64(encodeMask(mask, rows, columns)),
      });
      const read = (await readLabelMask(reader, { labelId: id }))!;
      expect([read.rows, read.columns]).toEqual([rows, columns]);
      expect(Buffer.from(read.bytes).equals(mask)).toBe(true);
      expect(areaPixels).toBe(mask.filter((value) => value === 1).length);
    }
  });

  it("that equals the model's proposal stems from the model, whatever it was drawn from", async () => {
    expect(await save({ drawn: drawnMask(proposal) })).toMatchObject({
      source: "HUMAN",
      act: "DRAWN",
      maskOrigin: { kind: "MODEL", modelNumber: 1 },
    });
  });

  it("stems from what it was made from: a model's before an import's, that before a person's", async () => {
    const elsewhere = (await makeStudy("TCGA_CS_0002", [true, false])).sliceIds;
    const [imported, none] = await Promise.all(
      elsewhere.map((id) => database().label.findFirstOrThrow({ where: { sliceId: id } })),
    );
    const ofLabel = ({ id }: { id: string }) => ({ kind: "label" as const, labelId: id });
    const ofModel = { kind: "proposal" as const, modelId };
    const cases: [SaveLabel["drawnFrom"], string | undefined][] = [
      [[], "PERSON"],
      [[ofLabel(none!)], "PERSON"],
      [[ofLabel(imported!)], "IMPORT"],
      [[ofLabel(imported!), ofModel], "MODEL"],
      [undefined, undefined],
    ];
    for (const [at, [drawnFrom, kind]] of cases.entries()) {
      const drawn = drawnMask([20 + at]);
      const label = await save({ drawn, drawnFrom, basedOn: at + 1 });
      expect(label.maskOrigin?.kind, JSON.stringify(drawnFrom)).toBe(kind);
    }
    // What is kept or restored keeps it; so does the next drawing on it.
    const [unknown, fromModel] = (await listLabels(reader, { sliceId })) as [LabelView, LabelView];
    const drawnOn = await save({ drawn: drawnMask([40]), drawnFrom: [ofLabel(fromModel)], basedOn: 6 });
    expect(drawnOn.maskOrigin).toEqual(fromModel.maskOrigin);
    const onUnknown = await save({
      drawn: drawnMask([41]),
      drawnFrom: [ofLabel(unknown), ofLabel(imported!)],
      basedOn: 7,
    });
    expect(onUnknown.maskOrigin).toBeNull();
  });

  it("is refused where it says to be made from what is not there", async () => {
    const missing = randomUUID();
    for (const source of [
      { kind: "label" as const, labelId: missing },
      { kind: "proposal" as const, modelId: missing },
    ])
      await expect(save({ drawn: drawnMask([1]), drawnFrom: [source] })).rejects.toMatchObject({
        kind: "invalid",
        field: "drawnFrom",
      });
    expect(await database().label.count()).toBe(1);
  });

  it("that equals it in longer numbers is the same mask", async () => {
    // 8 rows as `88 00`, 8 columns, 0 pixels of background, 7 of tumor, 57 of background.
    const drawn = toBase64(Uint8Array.of(0x88, 0x00, 8, 0, 7, 57));
    expect(await save({ drawn })).toMatchObject({ maskOrigin: { kind: "MODEL" }, areaPixels: 7 });
  });

  it("one pixel off the proposal is a correction", async () => {
    const label = await save({ drawn: drawnMask(proposal.slice(1)), drawnFrom: [] });
    expect(label).toMatchObject({ source: "HUMAN", modelNumber: null, maskOrigin: { kind: "PERSON" } });
  });

  it("of another size is refused", async () => {
    for (const [rows, columns] of [
      [8, 7],
      [4, 16],
      [9, 8],
    ]) {
      await expect(save({ drawn: drawnMask([0], rows, columns) })).rejects.toMatchObject({
        kind: "invalid",
        field: "mask",
        said: { code: "drawn-mask-size", maskRows: rows, maskColumns: columns, rows: 8, columns: 8 },
      });
    }
    expect(await database().label.count()).toBe(1);
  });

  it("that arrives damaged is refused", async () => {
    const damaged = {
      nothing: [],
      "too short": [8, 8, 0, 7],
      "too long": [8, 8, 0, 7, 58],
      "an empty run": [8, 8, 0, 7, 0, 57],
      "a number cut off": [8, 8, 0, 7, 0x80],
      "too large": [0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 0],
    };
    for (const [what, bytes] of Object.entries(damaged)) {
      await expect(save({ drawn: toBase64(Uint8Array.from(bytes)) }), what).rejects.toMatchObject({
        kind: "invalid",
        field: "mask",
      });
    }
    expect(await database().label.count()).toBe(1);
  });

  it("that is empty states no tumor, and never tumor", async () => {
    await expect(save({ drawn: drawnMask([]) })).rejects.toMatchObject({
      kind: "invalid",
      field: "mask",
      said: { code: "drawn-mask-empty" },
    });
    const label = await save({ drawn: drawnMask([]), labelClass: "NO_TUMOR" });
    expect(label).toMatchObject({ maskSha256: null, areaPixels: null });
  });

  it("with tumor contradicts every other class, and its pixels are not stored", async () => {
    for (const labelClass of ["NO_TUMOR", "CANNOT_TELL"] as const) {
      const before = storedObjects();
      await expect(
        save({ drawn: drawnMask([20, 22, 24]), labelClass, reason: "OTHER" }),
      ).rejects.toMatchObject({
        kind: "invalid",
        field: "mask",
        said: { code: "mask-holds-tumor" },
      });
      expect(storedObjects()).toEqual(before);
    }
  });
});

describe("what a save must say", () => {
  const whole = {
    sliceId: randomUUID(),
    basedOn: 0,
    saveId: randomUUID(),
    modelId: null,
    labelClass: "TUMOR",
    act: "draw",
    mask: "drawn",
    drawn: drawnMask([1]),
  };
  const problem = (change: object) => SaveLabel.safeParse({ ...whole, ...change }).error?.issues[0]?.path;

  it("is whole as it stands", () => {
    expect(SaveLabel.safeParse(whole).success).toBe(true);
  });

  it("holds pixels with a drawn mask, and with no other", () => {
    expect(problem({ drawn: undefined })).toEqual(["drawn"]);
    expect(problem({ act: "state", mask: "none" })).toEqual(["drawn"]);
    expect(problem({ drawn: "not base64" })).toEqual(["drawn"]);
  });

  it("says why it cannot be told", () => {
    const cannotTell = { labelClass: "CANNOT_TELL", act: "state", mask: "none", drawn: undefined };
    expect(problem(cannotTell)).toEqual(["reason"]);
    expect(problem({ ...cannotTell, reason: "PARTIAL_VOLUME" })).toBeUndefined();
  });

  it("has an id of its own", () => {
    expect(problem({ saveId: undefined })).toEqual(["saveId"]);
  });
});

function storedObjects() {
  const folder = path.join(process.env.SULCUS_DATA!, "objects");
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).sort() : [];
}
