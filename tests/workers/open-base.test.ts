import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { openBase } from "@/lib/engine/bases/open-base";
import { dataFolder, objectPath, putObject } from "@/lib/platform/storage";
import { resnet50 } from "@/lib/science/network/resnet50";
import { writeSafetensors } from "@/lib/science/network/safetensors";
import { madeUpWeights } from "../support/made-up-weights";

// Graphs of 100 MB each that no other test opens.
afterAll(async () => rm(await dataFolder("graphs"), { recursive: true }));

/** One made-up network under as many hashes as there are names. */
async function storeBase(name: string): Promise<string> {
  const stored = [...madeUpWeights(resnet50())].map(
    ([key, weight]) => [key, { dtype: "F16" as const, ...weight }] as const,
  );
  return putObject(writeSafetensors(new Map(stored), { name }));
}

describe("opening a base", { timeout: 300_000 }, () => {
  it("opens it once, keeps the two used last, and lets the third go without closing it", async () => {
    const [first, second, third] = [await storeBase("1"), await storeBase("2"), await storeBase("3")];
    const [a, same] = await Promise.all([openBase(first), openBase(first)]);
    expect(same).toBe(a);
    const b = await openBase(second);
    expect(b.baseSha256).toBe(second);
    expect(await openBase(first)).toBe(a);
    await openBase(third); // the second was used longest ago
    expect(await openBase(first)).toBe(a);
    const reopened = await openBase(second);
    expect(reopened).not.toBe(b);
    const image = new Uint8Array(256 * 256 * 3).fill(9);
    const embedding = await reopened.embed(image);
    expect(embedding).toMatchObject({ maskLogits: null, gapLogits: null });
    expect(await b.embed(image)).toEqual(embedding); // whoever holds it goes on
  });

  it("says that a file is missing or damaged, and tries again when it is back", async () => {
    const sha256 = await storeBase("1");
    const file = objectPath(sha256);
    const bytes = await readFile(file);
    await storeBase("2").then(openBase);
    await storeBase("3").then(openBase); // so that the first is open no more
    await rm(file);
    await expect(openBase(sha256)).rejects.toMatchObject({ said: { code: "base-not-installed", sha256 } });
    await writeFile(file, Buffer.concat([bytes.subarray(0, -1), Buffer.of(bytes.at(-1)! ^ 1)]));
    await expect(openBase(sha256)).rejects.toMatchObject({ said: { code: "base-damaged", sha256 } });
    await writeFile(file, bytes);
    expect((await openBase(sha256)).baseSha256).toBe(sha256);
  });
});
