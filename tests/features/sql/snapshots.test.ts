import { afterAll, beforeAll, it, vi } from "vitest";
import { countSplit } from "@/lib/features/snapshots/count-split";
import { findSnapshot } from "@/lib/features/snapshots/find-snapshot";
import { hashesOfPatients } from "@/lib/features/snapshots/hashes-of-patients";
import { listSnapshotItems } from "@/lib/features/snapshots/list-snapshot-items";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { ListSnapshotItems } from "@/lib/features/snapshots/schema";
import { seenByAncestors } from "@/lib/features/snapshots/seen-by-ancestors";
import { shareLabels } from "@/lib/features/snapshots/share-labels";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";
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

it("countSplit", () => expectSql("snapshots/count-split", () => countSplit(world.snapshotId)));
it("findSnapshot", () => expectSql("snapshots/find-snapshot", () => findSnapshot(world.reader, world)));
it("hashesOfPatients", () =>
  expectSql("snapshots/hashes-of-patients", () => hashesOfPatients(world.snapshotId)));
it("listSnapshotItems", () => {
  const list = (input: object) => () =>
    listSnapshotItems(world.reader, ListSnapshotItems.parse({ snapshotId: world.snapshotId, ...input }));
  const key = Buffer.from(JSON.stringify(["TCGA_CS_0001", "a", 1])).toString("base64url");
  return expectSql("snapshots/list-snapshot-items", {
    all: list({}),
    "a patient's, in one split, the next page": list({ search: "CS", split: "TEST", page: `a${key}` }),
    "a reader's, changed since": list({ source: "HUMAN", readerId: world.reader.id, changed: "yes" }),
  });
});
it("readSnapshot", () =>
  expectSql("snapshots/read-snapshot", {
    "the whole": () => readSnapshot(world.snapshotId),
    "a range": () => readSnapshot(world.snapshotId, { first: 1, count: 2 }),
  }));
it("seenByAncestors", () =>
  expectSql("snapshots/seen-by-ancestors", () =>
    seenByAncestors(database(), {
      baseSeenPatients: [],
      baseSha256: world.baseSha256,
      parentId: world.production.id,
    }),
  ));
it("shareLabels", () => expectSql("snapshots/share-labels", () => shareLabels(world.snapshotId)));
it("takeSnapshot", async () => {
  const run = await database().trainingRun.create({ data: { parameters: {}, seed: 1, cohort: "REAL" } });
  await expectSql("snapshots/take-snapshot", {
    "of a new run": () => takeSnapshot(run.id, [], world.production.id),
    "the same again": () => takeSnapshot(run.id, []),
  });
});
it("verifySnapshot", () => expectSql("snapshots/verify-snapshot", () => verifySnapshot(world.reader, world)));
