import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { discardDraft } from "@/lib/features/labels/discard-draft";
import { findDrafts } from "@/lib/features/labels/find-drafts";
import { listLabels } from "@/lib/features/labels/list-labels";
import { nextUnlabelled } from "@/lib/features/labels/next-unlabelled";
import { readLabelMask } from "@/lib/features/labels/read-label-mask";
import { restoreLabel } from "@/lib/features/labels/restore-label";
import { saveDraft } from "@/lib/features/labels/save-draft";
import { saveLabel } from "@/lib/features/labels/save-label";
import { findStudy } from "@/lib/features/studies/find-study";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { drawnMask, emptyDatabase, makeActor, makeStudy } from "../../support/factories";
import { hidden } from "../../support/hidden-patients";

vi.mock("@/lib/records/access", async (original) =>
  (await import("../../support/hidden-patients")).accessWithHidden(await original<object>()),
);
vi.mock(
  "@/lib/records/patient-scope",
  async () => (await import("../../support/hidden-patients")).scopeWithHidden,
);

let reader: Actor;
let study: Awaited<ReturnType<typeof makeStudy>>;

beforeEach(async () => {
  hidden.patientIds = [];
  await emptyDatabase();
  reader = await makeActor("READER");
  study = await makeStudy("TCGA_CS_0001", [true]);
});
afterAll(disconnect);

describe("a slice that leaves the actor's scope", () => {
  it("is not there for any of its functions, also for what was drawn on it before", async () => {
    const sliceId = study.sliceIds[0]!;
    const labelId = (await listLabels(reader, { sliceId }))[0]!.id;
    const save = {
      sliceId,
      basedOn: 1,
      saveId: randomUUID(),
      modelId: null,
      labelClass: "TUMOR" as const,
      act: "draw" as const,
      mask: "drawn" as const,
      drawn: drawnMask([1]),
    };
    await saveLabel(reader, save);
    const id = randomUUID();
    const draft = { sliceId, id, basedOn: 2, baseLabelId: labelId, revision: 1, strokes: [], done: 0 };
    await saveDraft(reader, draft);

    hidden.patientIds = [study.patientId];
    const calls = {
      findStudy: () => findStudy(reader, study),
      findDrafts: () => findDrafts(reader, study),
      listLabels: () => listLabels(reader, { sliceId }),
      readLabelMask: () => readLabelMask(reader, { labelId }),
      "a new label": () => saveLabel(reader, { ...save, basedOn: 2, saveId: randomUUID() }),
      "a label sent again": () => saveLabel(reader, save),
      "a label without a mask": () =>
        saveLabel(reader, { ...save, act: "state", mask: "none", drawn: undefined }),
      restoreLabel: () => restoreLabel(reader, { sliceId, basedOn: 2, saveId: randomUUID(), labelId }),
      saveDraft: () => saveDraft(reader, { ...draft, revision: 2 }),
      discardDraft: () => discardDraft(reader, { sliceId, id }),
      nextUnlabelled: () => nextUnlabelled(reader, { sliceId }),
    };
    for (const [what, call] of Object.entries(calls)) {
      await expect(call(), what).rejects.toMatchObject({ kind: "not-found" });
    }
    expect(await database().draft.findMany()).toMatchObject([{ id, revision: 1 }]);
    expect(await database().label.count()).toBe(2);
  });

  it("is not offered for labelling from another patient's slice", async () => {
    const other = await makeStudy("TCGA_CS_0002", [true]);
    const outside = await makeStudy("TCGA_CS_0003", [null]);
    const offered = () => nextUnlabelled(reader, { sliceId: other.sliceIds[0]! });
    expect(await offered()).toMatchObject({ sliceId: outside.sliceIds[0] });
    hidden.patientIds = [outside.patientId];
    expect(await offered()).toBeNull();
  });
});

describe("an account whose role allows nothing", () => {
  it("is refused by each function", async () => {
    const stranger = { ...reader, role: "VISITOR" as Actor["role"] };
    const sliceId = study.sliceIds[0]!;
    const id = randomUUID();
    const version = { sliceId, basedOn: 1, saveId: id };
    const calls = [
      () =>
        saveLabel(stranger, { ...version, modelId: null, labelClass: "TUMOR", act: "state", mask: "none" }),
      () => restoreLabel(stranger, { ...version, labelId: id }),
      () =>
        saveDraft(stranger, {
          sliceId,
          id,
          basedOn: 1,
          baseLabelId: null,
          revision: 1,
          strokes: [],
          done: 0,
        }),
      () => discardDraft(stranger, { sliceId, id }),
      () => findDrafts(stranger, study),
      () => findStudy(stranger, study),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ kind: "forbidden" });
  });
});
