import { afterAll, beforeEach, it, vi } from "vitest";
import { findProtocol } from "@/lib/features/protocol/find-protocol";
import { listProtocolVersions } from "@/lib/features/protocol/list-protocol-versions";
import { saveProtocol } from "@/lib/features/protocol/save-protocol";
import { disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { emptyDatabase, makeActor } from "../../support/factories";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));

let admin: Actor;
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
  await saveProtocol(admin, { text: "one", basedOn: 0 });
  await saveProtocol(admin, { text: "two", basedOn: 1 });
});
afterAll(disconnect);

it("findProtocol", () =>
  expectSql("protocol/find-protocol", {
    "the newest version": () => findProtocol(admin),
    "an earlier one": () => findProtocol(admin, { version: 1 }),
  }));
it("listProtocolVersions", () =>
  expectSql("protocol/list-protocol-versions", () => listProtocolVersions(admin)));
it("saveProtocol", () =>
  expectSql("protocol/save-protocol", () => saveProtocol(admin, { text: "three", basedOn: 2 })));
