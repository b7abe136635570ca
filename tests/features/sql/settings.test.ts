import { afterAll, beforeAll, it, vi } from "vitest";
import { findSettings } from "@/lib/features/settings/find-settings";
import { saveSettings } from "@/lib/features/settings/save-settings";
import { disconnect } from "@/lib/platform/database";
import { expectSql } from "../../support/committed-sql";
import { makeSqlWorld, type SqlWorld } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let world: SqlWorld;
beforeAll(async () => {
  world = await makeSqlWorld();
});
afterAll(disconnect);

it("findSettings", () => expectSql("settings/find-settings", () => findSettings(world.admin)));
it("saveSettings", () =>
  expectSql("settings/save-settings", {
    "a change": () => saveSettings(world.admin, { blindTestPatients: false }),
    "no change": () => saveSettings(world.admin, { blindTestPatients: false }),
  }));
