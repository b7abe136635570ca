import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { nextFlagged } from "@/lib/features/flags/next-flagged";
import { ListFlagged } from "@/lib/features/flags/schema";
import { saveLabel } from "@/lib/features/labels/save-label";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { pageSize } from "@/lib/records/pages";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let reader: Actor;
let model: Awaited<ReturnType<typeof makeModel>>;
let candidate: Awaited<ReturnType<typeof makeModel>>;
let study: Awaited<ReturnType<typeof makeStudy>>;
const slices = 120;

beforeAll(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  [model, candidate] = [await makeModel("PRODUCTION"), await makeModel("CANDIDATE")];
  study = await makeStudy("TCGA_CS_0001", Array(slices).fill(false));
  // All are uncertain; from 0.5 on the model also disagrees with the label, so those have two flags.
  const pTumor = (index: number) => 0.3 + (index % 40) / 100;
  await makePredictions(
    model,
    study.sliceIds.map((id, index) => [id, pTumor(index), 3]),
  );
  await makePredictions(
    candidate,
    study.sliceIds.map((id) => [id, 0.9, 3]),
  );
});
afterAll(disconnect);

const list = (change: object = {}) => listFlagged(reader, ListFlagged.parse(change));

describe("flagged slices", () => {
  it("are listed once each, least certain first, whatever number of reasons they have", async () => {
    const first = await list();
    const second = await list({ page: first.next! });
    const third = await list({ page: second.next! });
    expect([first, second, third].map(({ rows }) => rows.length)).toEqual([
      pageSize,
      pageSize,
      slices - 2 * pageSize,
    ]);
    const rows = [first, second, third].flatMap((page) => page.rows);
    expect(new Set(rows.map(({ sliceId }) => sliceId)).size).toBe(slices);
    const confidences = rows.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(first.total).toBe(slices);
    expect((await list({ page: third.previous! })).rows).toEqual(second.rows);
    const disagreeing = rows.filter(({ pTumor }) => pTumor >= 0.5);
    for (const { reasons } of disagreeing) expect(reasons).toEqual(["LOW_CONFIDENCE", "MODEL_DISAGREES"]);
    expect((await list({ reason: "MODEL_DISAGREES" })).total).toBe(disagreeing.length);
  });

  it("are those of the model in production; a label ends them under every model", async () => {
    const sliceId = study.sliceIds[0]!;
    expect(await database().flag.count({ where: { sliceId, modelId: candidate.id } })).toBe(1);
    await saveLabel(reader, {
      sliceId,
      basedOn: 1,
      saveId: randomUUID(),
      modelId: model.id,
      labelClass: "NO_TUMOR",
      act: "state",
      mask: "none",
    });
    expect(await database().flag.count({ where: { sliceId } })).toBe(0);
    expect(await list()).toMatchObject({ total: slices - 1 });
    const sums = await database().studyPrediction.findMany({ where: { studyId: study.studyId } });
    expect(sums.map(({ flaggedSlices }) => flaggedSlices)).toEqual([slices - 1, slices - 1]);
  });

  it("lead from one to the next, past those that are done", async () => {
    const [, second, third] = study.sliceIds;
    expect(await nextFlagged(reader, { sliceId: study.sliceIds[0]! })).toMatchObject({ sliceId: second });
    expect(await nextFlagged(reader, { sliceId: second! })).toMatchObject({ sliceId: third });
    expect(await nextFlagged(reader, { sliceId: study.sliceIds.at(-1)! })).toMatchObject({ sliceId: second });
  });
});
