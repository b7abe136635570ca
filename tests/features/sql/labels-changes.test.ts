import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, it, vi } from "vitest";
import { refreshFlags } from "@/lib/features/flags/refresh-flags";
import { discardDraft } from "@/lib/features/labels/discard-draft";
import { lockDrawing } from "@/lib/features/labels/lock-drawing";
import { noMask } from "@/lib/features/labels/mask-on-file";
import { myDecisions } from "@/lib/features/labels/my-decisions";
import { resolveOrigin } from "@/lib/features/labels/resolve-origin";
import { restoreLabel } from "@/lib/features/labels/restore-label";
import { saveDraft } from "@/lib/features/labels/save-draft";
import { saveLabel } from "@/lib/features/labels/save-label";
import { undoDecision } from "@/lib/features/labels/undo-decision";
import { writeVersion } from "@/lib/features/labels/write-version";
import { requestHeatmap } from "@/lib/features/predictions/request-heatmap";
import { requestPrediction } from "@/lib/features/predictions/request-prediction";
import { savePredictions, storePredictions } from "@/lib/features/predictions/save-predictions";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { asWritten } from "@/lib/platform/message";
import { expectSql } from "../../support/committed-sql";
import { drawnMask } from "../../support/factories";
import { makeSqlWorld, type SqlWorld } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let world: SqlWorld;
beforeEach(async () => {
  world = await makeSqlWorld();
});
afterAll(disconnect);

/** A slice with three versions of a label, and one with a draft. */
const corrected = () => ({ sliceId: world.first.sliceIds[0]!, basedOn: 3 });
const drawnOn = () => ({ sliceId: world.first.sliceIds[1]!, basedOn: 1 });

it("discardDraft", () =>
  expectSql("labels/discard-draft", () => discardDraft(world.reader, world.drafts[0]!)));
it("lockDrawing", () =>
  expectSql("labels/lock-drawing", () =>
    transaction((db) => lockDrawing(db, drawnOn().sliceId, world.reader.id!)),
  ));
it("restoreLabel", async () => {
  const { sliceId } = corrected();
  const label = await database().label.findFirstOrThrow({ where: { sliceId, version: 1 } });
  await expectSql("labels/restore-label", () =>
    restoreLabel(world.reader, { ...corrected(), saveId: randomUUID(), labelId: label.id }),
  );
});
it("saveDraft", () => {
  const stored = world.drafts[0]!;
  const draft = { ...drawnOn(), baseLabelId: null, strokes: [], done: 0, revision: 2 };
  const other = randomUUID();
  return expectSql("labels/save-draft", {
    "a first one": () => saveDraft(world.reader, { ...draft, ...corrected(), id: randomUUID() }),
    "goes on": () => saveDraft(world.reader, { ...draft, id: stored.id }),
    "in the place of another": () => saveDraft(world.reader, { ...draft, id: other, replaces: stored.id }),
  });
});
it("saveLabel", () => {
  const label = { modelId: world.production.id, labelClass: "TUMOR" } as const;
  const drawn = { ...drawnOn(), ...label, saveId: world.drafts[0]!.id, act: "draw", mask: "drawn" } as const;
  return expectSql("labels/save-label", {
    "a drawn mask, with its draft": () => saveLabel(world.reader, { ...drawn, drawn: drawnMask([1, 2]) }),
    "the same again": () => saveLabel(world.reader, { ...drawn, drawn: drawnMask([1, 2]) }),
    "the model's mask": () =>
      saveLabel(world.reader, {
        ...corrected(),
        ...label,
        saveId: randomUUID(),
        act: "use-model",
        mask: "proposed",
      }),
  });
});
it("myDecisions", () => expectSql("labels/my-decisions", () => myDecisions(world.reader)));
it("undoDecision", async () => {
  const { sliceId, basedOn: version } = corrected();
  const label = await database().label.findFirstOrThrow({ where: { sliceId, version } });
  await expectSql("labels/undo-decision", () =>
    undoDecision(world.reader, { labelId: label.id, saveId: randomUUID() }),
  );
});
it("resolveOrigin", async () => {
  const { sliceId, basedOn: version } = corrected();
  const label = await database().label.findFirstOrThrow({ where: { sliceId, version } });
  await expectSql("labels/resolve-origin", () =>
    transaction((db) =>
      resolveOrigin(db, world.reader, [
        { kind: "label", labelId: label.id },
        { kind: "proposal", modelId: world.production.id },
      ]),
    ),
  );
});
it("writeVersion", () =>
  expectSql("labels/write-version", () =>
    writeVersion(world.reader, { ...corrected(), saveId: randomUUID() }, () => ({
      ...{ ...noMask, labelClass: "NO_TUMOR", act: "STATED", source: "HUMAN", modelId: null },
      ...{ reason: null, note: null, restoredVersion: null },
      ...{ seenModelId: null, seenPTumor: null, batchId: null },
    })),
  ));
it("refreshFlags", () => {
  const { studyId, sliceIds } = world.first;
  return expectSql("flags/refresh-flags", {
    "of a study": () => transaction((db) => refreshFlags(db, { studyId })),
    "of some slices under one model": () =>
      transaction((db) => refreshFlags(db, { studyId, sliceIds, modelId: world.production.id })),
  });
});
it("requestHeatmap", () =>
  expectSql("predictions/request-heatmap", {
    "a first time": () => requestHeatmap(world.reader, drawnOn()),
    "while it waits": () => requestHeatmap(world.reader, drawnOn()),
  }));
it("requestPrediction", () =>
  expectSql("predictions/request-prediction", () => requestPrediction(world.admin)));
it("savePredictions", () => {
  const { studyId, sliceIds } = world.first;
  const study = {
    studyId,
    predictions: sliceIds.slice(1).map((sliceId) => ({
      ...{ sliceId, pTumor: 0.7, pTumorAlone: null, headSpread: null, maskSha256: null, areaPixels: null },
    })),
    failures: [
      {
        sliceId: sliceIds[0]!,
        reason: { code: "slice-unreadable" as const, file: "1.tif", why: asWritten("it is away") },
      },
    ],
  };
  return expectSql("predictions/save-predictions", {
    savePredictions: () => transaction((db) => savePredictions(db, world.production, study)),
    storePredictions: () => storePredictions(world.compared, study),
  });
});
