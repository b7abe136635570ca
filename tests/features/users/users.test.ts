import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { authenticate } from "@/lib/features/users/authenticate";
import { changeOwnPassword } from "@/lib/features/users/change-own-password";
import { changeRole } from "@/lib/features/users/change-role";
import { createUser } from "@/lib/features/users/create-user";
import { deactivateUser } from "@/lib/features/users/deactivate-user";
import { findActor } from "@/lib/features/users/find-actor";
import { resetPassword } from "@/lib/features/users/reset-password";
import { auditHash } from "@/lib/platform/audit";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const email = "lead@hospital.example";
const password = "correct horse battery";
const make = () => createUser(systemActor, { email, role: "ADMIN", password });

describe("an account", () => {
  it("signs in with its password and no other", async () => {
    await make();
    expect(await authenticate({ email: "Lead@Hospital.example", password })).toMatchObject({
      email,
      role: "ADMIN",
    });
    expect(await authenticate({ email, password: "wrong" })).toBeNull();
    expect(await authenticate({ email: "nobody@hospital.example", password })).toBeNull();
  });

  it("keeps no password that could be read", async () => {
    await make();
    const { passwordHash } = (await database().user.findFirst())!;
    expect(passwordHash).toMatch(/^\$argon2id\$/);
    expect(passwordHash).not.toContain(password);
  });

  it("makes guessing slow after five failures, also with the right password", async () => {
    await make();
    for (let attempt = 0; attempt < 6; attempt++) {
      await authenticate({ email, password: "wrong" }).catch(() => null);
    }
    await expect(authenticate({ email, password })).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("gets a generated password once where none is given", async () => {
    const { password: generated } = await createUser(systemActor, { email, role: "READER" });
    expect(generated).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await authenticate({ email, password: generated! })).toMatchObject({ role: "READER" });
  });

  it("exists once", async () => {
    await make();
    await expect(make()).rejects.toMatchObject({ kind: "conflict" });
  });

  it("loses its sessions when deactivated, and when its password changes", async () => {
    const { id } = await make();
    const other = await makeActor("ADMIN");
    expect(await findActor(id, 0)).toMatchObject({ email });
    await changeOwnPassword((await findActor(id, 0))!, { current: password, next: "another long password" });
    expect(await findActor(id, 0)).toBeNull();
    expect(await findActor(id, 1)).not.toBeNull();
    await deactivateUser(other, { userId: id });
    expect(await findActor(id, 1)).toBeNull();
    expect(await authenticate({ email, password: "another long password" })).toBeNull();
  });
});

describe("the last admin", () => {
  it("keeps the role and the account", async () => {
    const admin = await makeActor("ADMIN");
    await expect(changeRole(admin, { userId: admin.id!, role: "READER" })).rejects.toMatchObject({
      kind: "conflict",
    });
    await expect(deactivateUser(admin, { userId: admin.id! })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("stays even where two admins demote each other at once", async () => {
    const [one, two] = [await makeActor("ADMIN"), await makeActor("ADMIN")];
    await Promise.allSettled([
      changeRole(one, { userId: two.id!, role: "READER" }),
      changeRole(two, { userId: one.id!, role: "READER" }),
    ]);
    expect(await database().user.count({ where: { role: "ADMIN" } })).toBe(1);
  });
});

describe("managing accounts", () => {
  it.each(["READER", "REVIEWER"] as const)("is refused to a %s", async (role) => {
    const actor = await makeActor(role);
    await expect(createUser(actor, { email, role: "ADMIN" })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(resetPassword(actor, { userId: actor.id! })).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("the audit trail", () => {
  it("holds an event for what was done, each with the hash of its own fields", async () => {
    await make();
    await authenticate({ email, password });
    const events = await database().auditEvent.findMany({ orderBy: { id: "asc" } });
    expect(events.length).toBeGreaterThan(1);
    for (const event of events) expect(auditHash(event)).toBe(event.hash);
  });

  it("cannot be changed", async () => {
    await make();
    await expect(database().auditEvent.updateMany({ data: { action: "nothing" } })).rejects.toThrow();
    await expect(database().auditEvent.deleteMany()).rejects.toThrow();
  });
});
