import { rm } from "node:fs/promises";
import { afterAll, beforeEach, it, vi } from "vitest";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { confirmImport } from "@/lib/features/imports/confirm-import";
import { endImport } from "@/lib/features/imports/end-import";
import { findImport } from "@/lib/features/imports/find-import";
import { finishImport } from "@/lib/features/imports/finish-import";
import { finishUpload } from "@/lib/features/imports/finish-upload";
import { importArchive } from "@/lib/features/imports/import-archive";
import { inspectArchive } from "@/lib/features/imports/inspect-archive";
import { importJobKeys } from "@/lib/features/imports/jobs";
import { listImports } from "@/lib/features/imports/list-imports";
import { noFindings } from "@/lib/features/imports/plan-findings";
import { predictAndRecord } from "@/lib/features/imports/predict-and-record";
import { reportImport } from "@/lib/features/imports/report-import";
import { retryImport } from "@/lib/features/imports/retry-import";
import { type StudyReading, writeStudy } from "@/lib/features/imports/write-study";
import { database, disconnect, transaction } from "@/lib/platform/database";
import type { ImportState } from "@/lib/platform/generated/enums";
import type { Actor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { emptyDatabase, makeActor, makeModel } from "../../support/factories";
import { askOffset, beginUpload, sendBytes } from "../../support/send-upload";
import { makeJob } from "../../support/sql-world";
import { layOut, smallSet, untroubled } from "../imports/small-set";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let admin: Actor;
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
  await makeModel("PRODUCTION");
});
afterAll(disconnect);

/** Two studies of three slices each. */
const folderOfTwo = async () => layOut(await smallSet(["TCGA_CS_0001_19990102", "TCGA_DU_0002_20010304"], 3));

async function makeImport(state: ImportState, change: { path?: string; uploaded?: boolean } = {}) {
  const { id } = await database().import.create({
    data: { state, name: "set", path: "/set", uploaded: false, requestedById: admin.id, ...change },
  });
  return { importId: id };
}

it("beginPathImport", async () => {
  const file = await folderOfTwo();
  await expectSql("imports/begin-path-import", () => beginPathImport(admin, { file }));
  await rm(file, { recursive: true });
});
it("cancelImport", async () => {
  const ready = await makeImport("READY");
  const importing = await makeImport("IMPORTING");
  await makeJob("import-archive", "WAITING", {
    key: importJobKeys(importing.importId).import,
  });
  await expectSql("imports/cancel-import", {
    "before it was confirmed": () => cancelImport(admin, ready),
    "while its job waits": () => cancelImport(admin, importing),
  });
});
it("confirmImport", async () => {
  const ready = await makeImport("READY");
  await expectSql("imports/confirm-import", () => confirmImport(admin, ready));
});
it("endImport", async () => {
  const { importId } = await makeImport("IMPORTING");
  await expectSql("imports/end-import", () => endImport(importId, "FAILED", { code: "disk-full" }));
});
it("findImport and listImports", async () => {
  const found = await makeImport("DONE");
  await makeImport("FAILED");
  await makeImport("FAILED");
  await expectSql("imports/find-import", () => findImport(admin, found));
  await expectSql("imports/list-imports", {
    all: () => listImports(admin),
    "failed ones": () => listImports(admin, { show: "failed" }),
  });
});
it("inspectArchive, importArchive", async () => {
  const path = await folderOfTwo();
  const inspected = await makeImport("INSPECTING", { path });
  await expectSql("imports/inspect-archive", () => inspectArchive(inspected, untroubled));
  const first = await makeImport("IMPORTING", { path });
  const second = await makeImport("IMPORTING", { path });
  await expectSql("imports/import-archive", {
    "new studies": () => importArchive(first, untroubled),
    "known studies": () => importArchive(second, untroubled),
  });
  await rm(path, { recursive: true });
});
it("finishImport, reportImport and predictAndRecord", async () => {
  const path = await folderOfTwo();
  const { importId } = await makeImport("IMPORTING", { path });
  await importArchive({ importId }, untroubled);
  await rm(path, { recursive: true });
  await expectSql("imports/report-import", () => transaction((db) => reportImport(db, importId, noFindings)));
  await expectSql("imports/predict-and-record", () =>
    transaction((db) => predictAndRecord(db, importId, "import.finished", {})),
  );
  await database().import.update({ where: { id: importId }, data: { state: "IMPORTING" } });
  await expectSql("imports/finish-import", () => finishImport(importId, noFindings));
});
it("receiveUpload and finishUpload", async () => {
  let importId = "";
  await expectSql("imports/receive-upload", {
    "the beginning": async () => {
      importId = await beginUpload(admin, { name: "set.zip", size: 4 });
    },
    "how much has arrived": () => askOffset(admin, importId),
    "some bytes": () => sendBytes(admin, importId, 0, new Uint8Array(2)),
    "the last bytes": () => sendBytes(admin, importId, 2, new Uint8Array(2)),
  });
  await database().import.update({ where: { id: importId }, data: { state: "UPLOADING" } });
  await database().job.deleteMany();
  await expectSql("imports/finish-upload", () => finishUpload(admin, { importId }));
});
it("retryImport", async () => {
  const failed = await makeImport("FAILED");
  await makeJob("import-archive", "FAILED", { key: importJobKeys(failed.importId).import });
  await expectSql("imports/retry-import", () => retryImport(admin, failed));
});
it("writeStudy", async () => {
  const { importId } = await makeImport("IMPORTING");
  const reading = (slices: number): StudyReading => ({
    study: {
      ...{ patientKey: "TCGA_CS_0001", studyFolder: "TCGA_CS_0001_19990102", site: "CS" },
      ...{ studyDate: "1999-01-02", slices: [] },
    },
    clinical: { grade: "2" },
    window: { windowLow: [0, 0, 0], windowHigh: [255, 255, 255] },
    slices: Array.from({ length: slices }, (_, index) => ({
      ...{ position: index + 1, file: `${index}.tif`, rows: 8, columns: 8, maskConflict: false },
      ...{ fileSha256: String(index), pixelHash: String(index), rejected: null, maskRejected: null },
      label: { labelClass: "NO_TUMOR", maskSha256: null, areaPixels: null },
    })),
  });
  const again = (await makeImport("IMPORTING")).importId;
  await expectSql("imports/write-study", {
    "a new patient": () => writeStudy(importId, "REAL", reading(2)),
    "one more slice": () => writeStudy(again, "REAL", reading(3)),
  });
});
