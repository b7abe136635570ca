import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DELETE, PUT } from "@/app/api/slices/[sliceId]/draft/route";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

const session = vi.hoisted(() => ({ actor: null as Actor | null }));
vi.mock("@/app/_server/actor", () => ({ currentActor: async () => session.actor }));

let sliceId: string;
beforeEach(async () => {
  await emptyDatabase();
  session.actor = await makeActor("READER");
  sliceId = (await makeStudy("TCGA_CS_0001", [null])).sliceIds[0]!;
});
afterAll(disconnect);

const context = () => ({ params: Promise.resolve({ sliceId }) });
const address = "http://localhost/api/slices/x/draft";
const put = (body: object) =>
  PUT(
    new Request(address, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
    context(),
  );
const remove = (id: string) => DELETE(new Request(`${address}?id=${id}`, { method: "DELETE" }), context());

describe("a draft's address", () => {
  it("takes the whole draft, and answers with the stored revision", async () => {
    const draft = { id: randomUUID(), basedOn: 0, baseLabelId: null, revision: 2, strokes: [], done: 0 };
    const response = await put(draft);
    expect([response.status, await response.json()]).toEqual([200, { revision: 2, saved: false }]);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await (await put({ ...draft, revision: 1 })).json()).toEqual({ revision: 2, saved: false });
    expect(await database().draft.findMany()).toMatchObject([{ ...draft, sliceId }]);

    const other = await put({ ...draft, id: randomUUID() });
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ error: { code: "conflict" } });
    expect((await put({ ...draft, done: 1 })).status).toBe(400);
  });

  it("takes no more bytes than all strokes of a draft have", async () => {
    const response = await put({ id: randomUUID(), strokes: "x".repeat(9 * 2 ** 20 + 1) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: { code: "too-large", message: expect.stringMatching(/^The request is larger than 9 MiB/) },
    });
    expect(await database().draft.count()).toBe(0);
  });

  it("removes the draft that it names", async () => {
    const id = randomUUID();
    await put({ id, basedOn: 0, baseLabelId: null, revision: 1, strokes: [], done: 0 });
    expect((await remove(id)).status).toBe(200);
    expect(await database().draft.count()).toBe(0);
    expect((await remove(id)).status).toBe(200);
    expect((await remove("")).status).toBe(400);
  });
});
