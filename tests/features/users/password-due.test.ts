import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { action } from "@/app/_server/action";
import { currentActor, pageActor, signedInActor } from "@/app/_server/actor";
import { route } from "@/app/_server/route";
import { createUser } from "@/lib/features/users/create-user";
import { disconnect } from "@/lib/platform/database";
import { emptyDatabase, makeActor } from "../../support/factories";

/** The session of the request at hand. */
const session = vi.hoisted(() => ({ userId: "", sessionEpoch: 0 }));
vi.mock("next-auth", () => ({ getServerSession: async () => session }));
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`to ${to}`);
  },
}));

beforeEach(async () => {
  await emptyDatabase();
  const admin = await makeActor("ADMIN");
  session.userId = (await createUser(admin, { email: "new@hospital.example", role: "READER" })).id;
});
afterAll(disconnect);

const nothing = z.strictObject({});
const get = (handler: ReturnType<typeof route>) =>
  handler(new Request("http://localhost/api/x"), { params: Promise.resolve({}) });

describe("while a person has a password from an admin", () => {
  it("pages lead to the page where they choose one, and that page alone knows them", async () => {
    await expect(pageActor()).rejects.toThrow("to /change-password");
    expect(await signedInActor()).toMatchObject({ id: session.userId, mustChangePassword: true });
  });

  it("routes and actions answer forbidden, and run nothing", async () => {
    const run = vi.fn(async () => "done");
    await expect(currentActor()).rejects.toMatchObject({ said: { code: "password-change-due" } });
    expect(await action(nothing, run)({})).toMatchObject({ ok: false, code: "forbidden" });
    expect((await get(route(nothing, run))).status).toBe(403);
    expect(run).not.toHaveBeenCalled();
  });

  it("the action that changes it runs", async () => {
    const run = vi.fn(async () => "done");
    expect(await action(nothing, run, { evenIfPasswordDue: true })({})).toEqual({ ok: true, data: "done" });
  });
});

it("anyone else is let in as before", async () => {
  session.userId = (await makeActor("READER")).id!;
  expect(await pageActor()).toMatchObject({ id: session.userId });
  expect((await get(route(nothing, async () => "done"))).status).toBe(200);
});
