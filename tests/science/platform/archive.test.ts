import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openArchive } from "@/lib/platform/archive";
import { ArchiveError, limitChecker, limits } from "@/lib/platform/archive-entry";
import type { ArchiveProblem } from "@/lib/platform/archive-problem";
import { type MadeEntry, makeZip } from "../../support/make-zip";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "archive-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let made = 0;
async function writeZip(bytes: Uint8Array) {
  const file = path.join(folder, `${made++}.zip`);
  await writeFile(file, bytes);
  return file;
}
const openEntries = async (...entries: MadeEntry[]) => openArchive(await writeZip(makeZip(entries)));
async function namesOf(archive: Awaited<ReturnType<typeof openArchive>>) {
  const names: string[] = [];
  for await (const { path } of archive.entries()) names.push(path);
  return names;
}
const text = (value: string) => new TextEncoder().encode(value);

describe("a zip", () => {
  it("gives its files in its order, packed and stored, any of them at any time", async () => {
    const large = new Uint8Array(300_000).map((_, index) => (index * index) % 251);
    const archive = await openEntries(
      { name: "b/2.tif", bytes: large },
      { name: "a/" },
      { name: "a/1.tif", bytes: text("one"), store: true },
      { name: "a/empty.txt" },
    );
    expect(await namesOf(archive)).toEqual(["b/2.tif", "a/1.tif", "a/empty.txt"]);
    expect(await namesOf(archive)).toHaveLength(3);
    const [one, two, empty] = await Promise.all(
      ["a/1.tif", "b/2.tif", "a/empty.txt"].map((path) => archive.read({ path })),
    );
    expect(one!.toString()).toBe("one");
    expect(two!.equals(large)).toBe(true);
    expect(empty!.length).toBe(0);
    await archive.close();
  });

  it("passes over what operating systems add, and reads a Windows program's back-slashes", async () => {
    const archive = await openEntries(
      { name: "__MACOSX/a/._1.tif" },
      { name: "a/.DS_Store" },
      { name: "a\\1.tif", bytes: text("x") },
      { name: "./a/2.tif", bytes: text("y") },
    );
    expect(await namesOf(archive)).toEqual(["a/1.tif", "a/2.tif"]);
    await archive.close();
  });

  it.each<[string, ArchiveProblem, MadeEntry[]]>([
    ["climbs out", { code: "entry-path-leaves", path: "../evil" }, [{ name: "../evil" }]],
    [
      "climbs out from within",
      { code: "entry-path-leaves", path: "a/../../evil" },
      [{ name: "a/../../evil" }],
    ],
    ["climbs out by back-slashes", { code: "entry-path-leaves", path: "../evil" }, [{ name: "..\\evil" }]],
    ["is absolute", { code: "entry-path-absolute", path: "/etc/passwd" }, [{ name: "/etc/passwd" }]],
    ["names a drive", { code: "entry-path-absolute", path: "C:/evil" }, [{ name: "C:\\evil" }]],
    ["hides a null", { code: "entry-name-unusable", path: "a\u0000.tif" }, [{ name: "a\u0000.tif" }]],
    [
      "is a link",
      { code: "entry-is-link", path: "a" },
      [{ name: "a", bytes: text("/etc/passwd"), mode: 0o120777 }],
    ],
    ["is encrypted", { code: "entry-encrypted", path: "a" }, [{ name: "a", bytes: text("x"), flags: 1 }]],
    ["comes twice", { code: "entry-twice", path: "a/1" }, [{ name: "a/1" }, { name: "a/1" }]],
    [
      "comes twice under two spellings",
      { code: "entry-twice", path: "a/1" },
      [{ name: "a/1" }, { name: "./a//1" }],
    ],
    ["lies outside", { code: "entry-outside", path: "a" }, [{ name: "a", bytes: text("x"), offset: 5000 }]],
    [
      "claims absurd size",
      { code: "entry-too-large", path: "a", limit: 256 * 2 ** 20 },
      [{ name: "a", bytes: text("x"), size: 2 ** 31 }],
    ],
    [
      "unpacks suspiciously far",
      { code: "unpacks-suspiciously", path: "a" },
      [{ name: "a", bytes: text("x"), size: 100 * 2 ** 20 }],
    ],
  ])("is refused as a whole where an entry %s", async (_, said, entries) => {
    await expect(openEntries({ name: "good", bytes: text("good") }, ...entries)).rejects.toMatchObject({
      said,
    });
    await expect(openEntries(...entries)).rejects.toMatchObject({ name: "ArchiveError" });
  });

  it("is refused where entries share their bytes", async () => {
    const bytes = text("x".repeat(500));
    await expect(
      openEntries({ name: "a", bytes, store: true }, { name: "b", bytes, store: true, offset: 0 }),
    ).rejects.toMatchObject({ said: { code: "entries-overlap" } });
  });

  it("is refused where it is not a zip, cut short, or missing", async () => {
    const zip = makeZip([{ name: "a", bytes: text("a".repeat(1000)), store: true }]);
    await expect(openArchive(await writeZip(text("hello, I am a letter")))).rejects.toMatchObject({
      said: { code: "not-a-zip" },
    });
    await expect(openArchive(await writeZip(new Uint8Array()))).rejects.toMatchObject({
      said: { code: "not-a-zip" },
    });
    await expect(openArchive(await writeZip(zip.subarray(0, zip.length / 2)))).rejects.toMatchObject({
      said: { code: "zip-cut-off" },
    });
    await expect(openArchive(await writeZip(zip.subarray(200)))).rejects.toMatchObject({
      name: "ArchiveError",
    });
    await expect(openArchive(path.join(folder, "none.zip"))).rejects.toMatchObject({
      said: { code: "nothing-there" },
    });
  });

  it("keeps its other files readable where one is damaged", async () => {
    const archive = await openEntries(
      { name: "wrong-sum", bytes: text("abc"), crc: 1 },
      { name: "longer", bytes: text("abcdef"), size: 3 },
      { name: "shorter", bytes: text("abc"), size: 30 },
      { name: "garbage", bytes: text("not deflated"), store: true, method: 8 },
      { name: "unknown", bytes: text("abc"), store: true, method: 14 },
      { name: "good", bytes: text("good") },
    );
    await expect(archive.read({ path: "wrong-sum" })).rejects.toMatchObject({
      said: { code: "entry-checksum", path: "wrong-sum" },
    });
    await expect(archive.read({ path: "longer" })).rejects.toMatchObject({
      said: { code: "entry-longer", path: "longer", announced: 3 },
    });
    await expect(archive.read({ path: "shorter" })).rejects.toMatchObject({
      said: { code: "entry-length", path: "shorter", bytes: 3, announced: 30 },
    });
    await expect(archive.read({ path: "garbage" })).rejects.toMatchObject({ name: "ArchiveError" });
    await expect(archive.read({ path: "unknown" })).rejects.toMatchObject({
      said: { code: "entry-method-unknown", path: "unknown", method: 14 },
    });
    await expect(archive.read({ path: "absent" })).rejects.toMatchObject({
      said: { code: "not-in-archive", path: "absent" },
    });
    expect((await archive.read({ path: "good" })).toString()).toBe("good");
    await archive.close();
  });
});

describe("a folder", () => {
  it("gives its files, and does not follow links", async () => {
    const root = path.join(folder, "tree");
    await mkdir(path.join(root, "b"), { recursive: true });
    await writeFile(path.join(root, "b", "2.tif"), "two");
    await writeFile(path.join(root, "a.tif"), "one");
    await writeFile(path.join(root, ".DS_Store"), "x");
    await symlink("/etc", path.join(root, "linked"));
    const archive = await openArchive(root);
    expect(await namesOf(archive)).toEqual(["a.tif", "b/2.tif"]);
    expect(archive.ignored).toEqual([{ path: "linked", reason: { code: "link-not-followed" } }]);
    expect((await archive.read({ path: "b/2.tif" })).toString()).toBe("two");
    await expect(archive.read({ path: "../0.zip" })).rejects.toMatchObject({
      said: { code: "not-in-folder", path: "../0.zip" },
    });

    await rm(path.join(root, "a.tif"));
    await symlink("/etc/hostname", path.join(root, "a.tif"));
    await expect(archive.read({ path: "a.tif" })).rejects.toMatchObject({
      said: { code: "entry-unreadable", path: "a.tif", cause: "ELOOP" },
    });
  });
});

describe("limits", () => {
  it("refuse too many files and too many bytes", () => {
    const one = { path: "a", size: 1, compressedSize: 1 };
    const many = limitChecker();
    for (let count = 0; count < limits.entries; count++) many(one);
    expect(() => many(one)).toThrow(new ArchiveError({ code: "too-many-files", limit: 200_000 }));

    const big = limitChecker();
    const file = { path: "a", size: limits.fileBytes, compressedSize: limits.fileBytes };
    for (let count = 0; count < 256; count++) big(file);
    expect(() => big(file)).toThrow(new ArchiveError({ code: "unpacks-to-too-much", limit: 64 * 2 ** 30 }));
  });

  it("let an empty mask pass, which packs 600 to 1", () => {
    const check = limitChecker();
    expect(() => check({ path: "1_mask.tif", size: 65_746, compressedSize: 110 })).not.toThrow();
  });
});
