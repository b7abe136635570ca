import { beforeAll, expect, it } from "vitest";
import { shippedBase } from "@/lib/engine/bases/base-network";
import { type EmbeddableSlice, embedSlices } from "@/lib/engine/embedding/embed-slices";
import { putObject } from "@/lib/platform/storage";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";
import { shareGraph } from "../support/worker-process";

const slices: EmbeddableSlice[] = [];

beforeAll(async () => {
  await shareGraph();
  for (const [index, { image }] of makePhantomPatient(1, 0).slices.slice(0, 4).entries()) {
    const file = encodeTiff(image, PHANTOM_SIZE, PHANTOM_SIZE, 3);
    slices.push({ pixelHash: `pixels${index}`, fileSha256: await putObject(file) });
  }
});

/** For which of some slices the backbone ran. */
async function backboneRanFor(of: EmbeddableSlice[]): Promise<boolean[]> {
  const ran: boolean[] = [];
  for await (const window of embedSlices(await shippedBase(), of, new AbortController().signal))
    ran.push(...window.map(({ backboneRan }) => backboneRan));
  return ran;
}

it("tells for each slice whether the backbone ran for it, whoever else uses the network meanwhile", async () => {
  const [first, second, third, fourth] = slices as [
    EmbeddableSlice,
    EmbeddableSlice,
    EmbeddableSlice,
    EmbeddableSlice,
  ];
  const beside = await Promise.all([backboneRanFor([first, second, second]), backboneRanFor([third])]);
  expect(beside).toEqual([[true, true, false], [true]]);
  expect(await backboneRanFor([first, fourth, third])).toEqual([false, true, false]);
  expect((await shippedBase()).backboneRuns).toBe(4);
});
