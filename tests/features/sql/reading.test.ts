import { afterAll, beforeAll, it, vi } from "vitest";
import { findQueuePlace } from "@/lib/features/flags/find-queue-place";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { nextFlagged } from "@/lib/features/flags/next-flagged";
import { FlagFilter, ListFlagged } from "@/lib/features/flags/schema";
import { findDrafts } from "@/lib/features/labels/find-drafts";
import { listLabels } from "@/lib/features/labels/list-labels";
import { myDrafts } from "@/lib/features/labels/my-drafts";
import { nextUnlabelled } from "@/lib/features/labels/next-unlabelled";
import { readLabelMask } from "@/lib/features/labels/read-label-mask";
import { readingTimes } from "@/lib/features/labels/reading-times";
import { findLineage } from "@/lib/features/lineage/find-lineage";
import { labelUses } from "@/lib/features/lineage/label-uses";
import { readersInModels } from "@/lib/features/lineage/readers-in-models";
import { findPatient } from "@/lib/features/patients/find-patient";
import { findExplained } from "@/lib/features/predictions/find-explained";
import { modelToPredictWith } from "@/lib/features/predictions/model-to-predict-with";
import { readHeatmap } from "@/lib/features/predictions/read-heatmap";
import { readProposedMask } from "@/lib/features/predictions/read-proposed-mask";
import { slicesOfStudy } from "@/lib/features/predictions/slices-of-study";
import { countUnpredicted, unpredictedStudies } from "@/lib/features/predictions/unpredicted-studies";
import { findStudy } from "@/lib/features/studies/find-study";
import { listStudies } from "@/lib/features/studies/list-studies";
import { readSliceImage } from "@/lib/features/studies/read-slice-image";
import { readThumbnail } from "@/lib/features/studies/read-thumbnail";
import { ListStudies } from "@/lib/features/studies/schema";
import { database, disconnect } from "@/lib/platform/database";
import { expectSql } from "../../support/committed-sql";
import { makeSqlWorld, type SqlWorld } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let world: SqlWorld;
beforeAll(async () => {
  world = await makeSqlWorld();
});
afterAll(disconnect);

const firstSlice = () => ({ sliceId: world.first.sliceIds[0]! });
/** A cursor as `pages.ts` writes it. */
const after = (key: unknown[]) => `a${Buffer.from(JSON.stringify(key)).toString("base64url")}`;

it("listFlagged", () =>
  expectSql("flags/list-flagged", {
    "any reason": () => listFlagged(world.reader, ListFlagged.parse({})),
    "one reason, real patients": () =>
      listFlagged(world.reader, ListFlagged.parse({ reason: "LOW_CONFIDENCE", cohort: "REAL" })),
    "the next page": () =>
      listFlagged(world.reader, ListFlagged.parse({ page: after([0.1, world.first.sliceIds[0]]) })),
  }));
it("nextFlagged", () =>
  expectSql("flags/next-flagged", {
    "one in the same study": () => nextFlagged(world.reader, firstSlice()),
    "none there": () => nextFlagged(world.reader, { sliceId: world.hidden.sliceIds[0]! }).catch(() => null),
    "one elsewhere": () => nextFlagged(world.reader, { sliceId: world.unpredicted.sliceIds[0]! }),
  }));
it("findQueuePlace", () =>
  expectSql("flags/find-queue-place", {
    "training patients": () => findQueuePlace(world.reader, { ...FlagFilter.parse({}), ...firstSlice() }),
    "one reason, all real patients": () =>
      findQueuePlace(world.reader, {
        ...FlagFilter.parse({ reason: "LOW_CONFIDENCE", cohort: "REAL", patients: "ANY" }),
        ...firstSlice(),
      }),
  }));
it("myDrafts", () => expectSql("labels/my-drafts", () => myDrafts(world.reader)));
it("findDrafts", () => expectSql("labels/find-drafts", () => findDrafts(world.reader, world.first)));
it("listLabels", () => expectSql("labels/list-labels", () => listLabels(world.reader, firstSlice())));
it("nextUnlabelled", () =>
  expectSql("labels/next-unlabelled", () => nextUnlabelled(world.reader, firstSlice())));
it("readLabelMask", async () => {
  const label = await database().label.findFirstOrThrow({ where: { ...firstSlice(), version: 1 } });
  await expectSql("labels/read-label-mask", () => readLabelMask(world.reader, { labelId: label.id }));
});
it("readingTimes", () =>
  expectSql("labels/reading-times", () => readingTimes(world.reader, { cohort: "REAL" })));
it("findLineage", () =>
  expectSql("lineage/find-lineage", () => findLineage(world.reader, { modelId: world.candidate.id })));
it("labelUses", () => expectSql("lineage/label-uses", () => labelUses(world.reader, firstSlice())));
it("readersInModels", () => expectSql("lineage/readers-in-models", () => readersInModels(world.reader)));
it("findPatient", () => expectSql("patients/find-patient", () => findPatient(world.reader, world.first)));
it("findExplained", () =>
  expectSql("predictions/find-explained", () =>
    findExplained({ ...firstSlice(), modelId: world.production.id }),
  ));
it("modelToPredictWith", () =>
  expectSql("predictions/model-to-predict-with", {
    "one that is named": () => modelToPredictWith(world.candidate.id),
    "the one in production": () => modelToPredictWith(undefined),
  }));
it("readHeatmap", () =>
  expectSql("predictions/read-heatmap", () =>
    readHeatmap(world.reader, { ...firstSlice(), modelId: world.production.id }),
  ));
it("readProposedMask", () =>
  expectSql("predictions/read-proposed-mask", {
    "of the model in production": () => readProposedMask(world.reader, firstSlice()),
    "of one that is named": () =>
      readProposedMask(world.reader, { ...firstSlice(), modelId: world.candidate.id }),
  }));
it("slicesOfStudy", () => expectSql("predictions/slices-of-study", () => slicesOfStudy(world.first.studyId)));
it("unpredictedStudies", () =>
  expectSql("predictions/unpredicted-studies", {
    countUnpredicted: () => countUnpredicted(world.production),
    "the first ones": () => unpredictedStudies(world.production, { after: null, take: 2 }),
    "those behind one, for phantoms alone": () =>
      unpredictedStudies({ ...world.production, cohort: "PHANTOM" }, { after: world.first.studyId, take: 2 }),
  }));
it("findStudy", () => expectSql("studies/find-study", () => findStudy(world.reader, world.first)));
it("listStudies", () => {
  const list = (input: object) => () => listStudies(world.reader, ListStudies.parse(input));
  return expectSql("studies/list-studies", {
    "by patient": list({}),
    "by patient, searched, the next page": list({ search: "TCGA", page: after(["TCGA_CS_0001", "a"]) }),
    "newest first, with flags": list({ order: "newest", filter: "flagged" }),
    "by doubt, of any cohort": list({ order: "doubt", cohort: "ANY" }),
    "with slices without a label": list({ filter: "unlabelled" }),
    corrected: list({ filter: "corrected" }),
  });
});
it("readSliceImage", () =>
  expectSql("studies/read-slice-image", () => readSliceImage(world.reader, firstSlice())));
it("readThumbnail", () =>
  expectSql("studies/read-thumbnail", () => readThumbnail(world.reader, firstSlice())));
