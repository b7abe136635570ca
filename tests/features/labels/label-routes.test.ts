import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as decisions } from "@/app/api/decisions/route";
import { POST as restore } from "@/app/api/labels/[labelId]/restore/route";
import { POST as undo } from "@/app/api/labels/[labelId]/undo/route";
import { GET as list, POST as save } from "@/app/api/slices/[sliceId]/labels/route";
import { GET as study } from "@/app/api/studies/[studyId]/route";
import type { DecisionRow } from "@/lib/features/labels/schema";
import type { StudyView } from "@/lib/features/studies/schema";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import type { LabelView } from "@/lib/records/label-view";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

const session = vi.hoisted(() => ({ actor: null as Actor | null }));
vi.mock("@/app/_server/actor", () => ({ currentActor: async () => session.actor }));

let sliceId: string;
let studyId: string;
beforeEach(async () => {
  await emptyDatabase();
  session.actor = await makeActor("READER");
  const made = await makeStudy("TCGA_CS_0001", [null]);
  sliceId = made.sliceIds[0]!;
  studyId = (await database().slice.findUniqueOrThrow({ where: { id: sliceId } })).studyId;
});
afterAll(disconnect);

const address = "http://localhost/api/x";
const at = (params: Record<string, string>) => ({ params: Promise.resolve(params) });
const get = (etag?: string) => new Request(address, { headers: etag ? { "If-None-Match": etag } : {} });
const post = (body: object) =>
  new Request(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
const label = (basedOn: number, part: object = {}) => ({
  basedOn,
  saveId: randomUUID(),
  modelId: null,
  act: "state",
  labelClass: "NO_TUMOR",
  mask: "none",
  ...part,
});

describe("a slice's labels at their address", () => {
  it("take the next version, and give all of them back, newest first", async () => {
    const first = await save(post(label(0)), at({ sliceId }));
    expect([first.status, await first.json()]).toMatchObject([200, { done: { version: 1 } }]);
    await save(post(label(1, { labelClass: "TUMOR" })), at({ sliceId }));
    const listed = (await (await list(get(), at({ sliceId }))).json()) as LabelView[];
    expect(listed.map(({ version, labelClass }) => [version, labelClass])).toEqual([
      [2, "TUMOR"],
      [1, "NO_TUMOR"],
    ]);
  });

  it("answer with the conflict where someone else was faster, and change nothing", async () => {
    await save(post(label(0)), at({ sliceId }));
    const stale = await save(post(label(0, { labelClass: "TUMOR" })), at({ sliceId }));
    expect([stale.status, await stale.json()]).toEqual([200, { conflict: expect.any(String) }]);
    expect(await database().label.count({ where: { sliceId } })).toBe(1);
  });

  it("refuse what is no label, and a slice that is not there", async () => {
    expect((await save(post(label(0, { labelClass: "CANNOT_TELL" })), at({ sliceId }))).status).toBe(400);
    expect((await save(post(label(0)), at({ sliceId: randomUUID() }))).status).toBe(404);
    expect((await list(get(), at({ sliceId: "no id" }))).status).toBe(400);
  });

  it("bring an earlier version back, or say that someone else was faster", async () => {
    const { done } = (await (await save(post(label(0)), at({ sliceId }))).json()) as { done: LabelView };
    await save(post(label(1, { labelClass: "TUMOR" })), at({ sliceId }));
    const asked = (basedOn: number) =>
      restore(post({ sliceId, basedOn, saveId: randomUUID() }), at({ labelId: done.id }));
    expect(await (await asked(1)).json()).toEqual({ conflict: expect.any(String) });
    expect(await (await asked(2)).json()).toMatchObject({ done: { version: 3, restoredVersion: 1 } });
  });

  it("take a decision back, and list what whoever asks has decided", async () => {
    const { done } = (await (await save(post(label(0)), at({ sliceId }))).json()) as { done: LabelView };
    const undone = await undo(post({ saveId: randomUUID() }), at({ labelId: done.id }));
    expect(await undone.json()).toMatchObject({
      done: { studyId, undone: [{ sliceId, label: { labelClass: "WITHDRAWN" } }], changedSince: [] },
    });
    expect(await (await undo(post({ saveId: randomUUID() }), at({ labelId: done.id }))).json()).toEqual({
      conflict: expect.any(String),
    });
    const rows = (await (await decisions(get(), at({}))).json()) as DecisionRow[];
    expect(rows.map(({ label, state }) => [label.id, state])).toEqual([[done.id, "taken-back"]]);
  });
});

describe("a study at its address", () => {
  it("comes with a name for what it is now, under which it need not be sent again", async () => {
    const first = await study(get(), at({ studyId }));
    expect(first.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(((await first.json()) as StudyView).slices.map(({ id }) => id)).toEqual([sliceId]);
    const etag = first.headers.get("ETag")!;
    expect((await study(get(etag), at({ studyId }))).status).toBe(304);
    await save(post(label(0)), at({ sliceId }));
    const after = await study(get(etag), at({ studyId }));
    expect(after.status).toBe(200);
    expect(((await after.json()) as StudyView).slices[0]!.label?.version).toBe(1);
  });
});
