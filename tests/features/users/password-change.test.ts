import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { authenticate } from "@/lib/features/users/authenticate";
import { changeOwnPassword } from "@/lib/features/users/change-own-password";
import { createUser } from "@/lib/features/users/create-user";
import { findActor } from "@/lib/features/users/find-actor";
import { listUsers } from "@/lib/features/users/list-users";
import { resetPassword } from "@/lib/features/users/reset-password";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor } from "../../support/factories";

let admin: Actor;
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
});
afterAll(disconnect);

const email = "reader@hospital.example";
const own = "a sentence of my own";
const make = (actor: Actor) => createUser(actor, { email, role: "READER" });
const eventsOf = (action: string, subjectId: string) =>
  database().auditEvent.findMany({ where: { action, subjectId } });

describe("a password that an admin gives", () => {
  it("signs in, and has to be changed, once", async () => {
    const { id, password } = await make(admin);
    expect(await authenticate({ email, password: password! })).toMatchObject({ id });
    const actor = (await findActor(id, 0))!;
    expect(actor.mustChangePassword).toBe(true);
    await changeOwnPassword(actor, { current: password!, next: own });
    expect(await authenticate({ email, password: own })).toMatchObject({ id, sessionEpoch: 1 });
    expect(await findActor(id, 1)).toMatchObject({ mustChangePassword: false });
  });

  it("is not chosen again as one's own", async () => {
    const { id, password } = await make(admin);
    const actor = (await findActor(id, 0))!;
    await expect(changeOwnPassword(actor, { current: password!, next: password! })).rejects.toMatchObject({
      kind: "invalid",
      field: "next",
      said: { code: "same-password" },
    });
    expect(await findActor(id, 0)).toMatchObject({ mustChangePassword: true });
  });

  it("has to be changed after a reset, too, and the list of users says so until it is", async () => {
    const { id, password } = await make(admin);
    await changeOwnPassword((await findActor(id, 0))!, { current: password!, next: own });
    const due = async () => (await listUsers(admin)).find((user) => user.id === id)?.mustChangePassword;
    expect(await due()).toBe(false);
    await resetPassword(admin, { userId: id });
    expect(await findActor(id, 2)).toMatchObject({ mustChangePassword: true });
    expect(await due()).toBe(true);
  });

  it("is recorded when it is given, and when it is changed", async () => {
    const { id, password } = await make(admin);
    await changeOwnPassword((await findActor(id, 0))!, { current: password!, next: own });
    await resetPassword(admin, { userId: id });
    expect(await eventsOf("user.created", id)).toMatchObject([{ detail: { mustChangePassword: true } }]);
    expect(await eventsOf("user.password-changed", id)).toMatchObject([
      { actorId: id, detail: { wasDue: true } },
    ]);
    expect(await eventsOf("user.password-reset", id)).toMatchObject([
      { detail: { mustChangePassword: true } },
    ]);
  });
});

it("a password that the command line gives need not be changed: the demo's accounts are made so", async () => {
  const { id } = await make(systemActor);
  expect(await findActor(id, 0)).toMatchObject({ mustChangePassword: false });
  await resetPassword(admin, { userId: id });
  await resetPassword(systemActor, { userId: id });
  expect(await findActor(id, 2)).toMatchObject({ mustChangePassword: false });
});
