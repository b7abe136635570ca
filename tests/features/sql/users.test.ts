import { afterAll, beforeEach, it, vi } from "vitest";
import { authenticate } from "@/lib/features/users/authenticate";
import { changeOwnPassword } from "@/lib/features/users/change-own-password";
import { changeRole } from "@/lib/features/users/change-role";
import { createUser } from "@/lib/features/users/create-user";
import { deactivateUser } from "@/lib/features/users/deactivate-user";
import { findActor } from "@/lib/features/users/find-actor";
import { keepAnAdmin } from "@/lib/features/users/keep-an-admin";
import { listUsers } from "@/lib/features/users/list-users";
import { reactivateUser } from "@/lib/features/users/reactivate-user";
import { resetPassword } from "@/lib/features/users/reset-password";
import { disconnect, transaction } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { emptyDatabase, makeActor } from "../../support/factories";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let admin: Actor;
let other: { userId: string };
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
  other = { userId: (await makeActor("ADMIN")).id! };
});
afterAll(disconnect);

const password = "a long enough password 7";

it("authenticate", async () => {
  await createUser(admin, { email: "reader@test.example", role: "READER", password });
  await expectSql("users/authenticate", {
    "the right password": () => authenticate({ email: "reader@test.example", password }),
    "a wrong one": () => authenticate({ email: "reader@test.example", password: "wrong" }),
  });
});
it("changeOwnPassword", async () => {
  const { id } = await createUser(admin, { email: "reader@test.example", role: "READER", password });
  await expectSql("users/change-own-password", () =>
    changeOwnPassword({ ...admin, id }, { current: password, next: `${password} 8` }),
  );
});
it("changeRole", () => expectSql("users/change-role", () => changeRole(admin, { ...other, role: "READER" })));
it("createUser", () =>
  expectSql("users/create-user", () => createUser(admin, { email: "reader@test.example", role: "READER" })));
it("deactivateUser and reactivateUser", async () => {
  await expectSql("users/deactivate-user", () => deactivateUser(admin, other));
  await expectSql("users/reactivate-user", () => reactivateUser(admin, other));
});
it("findActor", () => expectSql("users/find-actor", () => findActor(other.userId, 0)));
it("keepAnAdmin", () =>
  expectSql("users/keep-an-admin", () => transaction((db) => keepAnAdmin(db, other.userId))));
it("listUsers", () => expectSql("users/list-users", () => listUsers(admin)));
it("resetPassword", () => expectSql("users/reset-password", () => resetPassword(admin, other)));
