import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendChunk } from "@/lib/features/imports/append-chunk";
import { beginUpload } from "@/lib/features/imports/begin-upload";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { confirmImport } from "@/lib/features/imports/confirm-import";
import { endImport } from "@/lib/features/imports/end-import";
import { findImport } from "@/lib/features/imports/find-import";
import { finishUpload } from "@/lib/features/imports/finish-upload";
import { importArchive } from "@/lib/features/imports/import-archive";
import { inspectArchive } from "@/lib/features/imports/inspect-archive";
import { listImports } from "@/lib/features/imports/list-imports";
import { chunkBytes } from "@/lib/features/imports/schema";
import { uploadFile } from "@/lib/features/imports/upload-file";
import { createUser } from "@/lib/features/users/create-user";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { systemActor } from "@/lib/records/access";
import { smallSet, untroubled, zipOf } from "./small-set";

let admin: Actor;
let reader: Actor;
const signal = new AbortController().signal;

async function account(email: string, role: Actor["role"]): Promise<Actor> {
  const { id } = await createUser(systemActor, { email, role });
  return { id, email, name: email, role };
}

beforeAll(async () => {
  admin = await account("data@example.org", "ADMIN");
  reader = await account("reader@example.org", "READER");
});
afterAll(disconnect);

async function* pieces(bytes: Uint8Array, length = 1 << 20) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function send(importId: string, bytes: Uint8Array, from = 0) {
  for (let offset = from; offset < bytes.length; offset += chunkBytes) {
    await appendChunk(admin, { importId, offset }, pieces(bytes.subarray(offset, offset + chunkBytes)));
  }
}

async function upload(bytes: Uint8Array, name = "set.zip") {
  const { importId } = await beginUpload(admin, { name, size: bytes.length });
  await send(importId, bytes);
  await finishUpload(admin, { importId });
  return importId;
}

describe("an upload", () => {
  it("arrives in pieces, byte for byte, and goes on where it stopped", async () => {
    const bytes = randomBytes(chunkBytes + 12_345);
    const { importId } = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    const first = await appendChunk(admin, { importId, offset: 0 }, pieces(bytes.subarray(0, chunkBytes)));
    expect(first.receivedBytes).toBe(chunkBytes);

    await expect(
      appendChunk(admin, { importId, offset: 0 }, pieces(bytes.subarray(0, chunkBytes))),
    ).rejects.toMatchObject({ code: "conflict", receivedBytes: chunkBytes });
    expect((await findImport(admin, { importId })).receivedBytes).toBe(chunkBytes);

    await send(importId, bytes, chunkBytes);
    expect(readFileSync(await uploadFile(importId)).equals(bytes)).toBe(true);
  });

  it("does not count a piece that was cut off or is too long", async () => {
    const { importId } = await beginUpload(admin, { name: "set.zip", size: 1000 });
    await expect(appendChunk(admin, { importId, offset: 0 }, pieces(randomBytes(999)))).rejects.toMatchObject(
      {
        code: "invalid",
      },
    );
    await expect(
      appendChunk(admin, { importId, offset: 0 }, pieces(randomBytes(1001))),
    ).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(finishUpload(admin, { importId })).rejects.toMatchObject({ code: "conflict" });
    expect((await findImport(admin, { importId })).receivedBytes).toBe(0);
  });

  it("counts one of two equal pieces sent at once", async () => {
    const bytes = randomBytes(5000);
    const { importId } = await beginUpload(admin, { name: "set.zip", size: 5000 });
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => appendChunk(admin, { importId, offset: 0 }, pieces(bytes))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    expect((await findImport(admin, { importId })).receivedBytes).toBe(5000);
    expect(readFileSync(await uploadFile(importId)).equals(bytes)).toBe(true);
  });

  it("larger than the disk's room or the installation's limit is refused before a byte is sent", async () => {
    await expect(beginUpload(admin, { name: "big.zip", size: 2 ** 50 })).rejects.toMatchObject({
      code: "invalid",
      field: "size",
    });
  });

  it("that is cancelled leaves no bytes and takes none", async () => {
    const { importId } = await beginUpload(admin, { name: "set.zip", size: 1000 });
    await cancelImport(admin, { importId });
    expect(existsSync(await uploadFile(importId))).toBe(false);
    await expect(
      appendChunk(admin, { importId, offset: 0 }, pieces(randomBytes(1000))),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await findImport(admin, { importId })).state).toBe("CANCELLED");
    await expect(cancelImport(admin, { importId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is for admins: a reader may look, and change nothing", async () => {
    const bytes = zipOf(await smallSet(["TCGA_CS_0009_19990102"], 1));
    const { importId } = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    const refused = { code: "forbidden" };
    await expect(beginUpload(reader, { name: "x.zip", size: 1 })).rejects.toMatchObject(refused);
    await expect(appendChunk(reader, { importId, offset: 0 }, pieces(bytes))).rejects.toMatchObject(refused);
    await expect(finishUpload(reader, { importId })).rejects.toMatchObject(refused);
    await expect(confirmImport(reader, { importId })).rejects.toMatchObject(refused);
    await expect(cancelImport(reader, { importId })).rejects.toMatchObject(refused);
    expect(await findImport(reader, { importId })).toMatchObject({ state: "UPLOADING", mayChange: false });
  });
});

describe("an uploaded archive", () => {
  it("is previewed, confirmed, imported, and its bytes are removed", async () => {
    const importId = await upload(
      zipOf(await smallSet(["TCGA_CS_0001_19990102", "TCGA_DU_0002_19990102"], 3)),
    );
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "INSPECTING",
      job: { kind: "inspect-archive", status: "WAITING" },
    });

    await inspectArchive({ importId }, { signal });
    const shown = await findImport(admin, { importId });
    expect(shown).toMatchObject({
      state: "READY",
      preview: { patients: 2, studies: 2, slices: 6, masks: 6, alreadyThere: 0, conflicts: 0, rejects: [] },
    });
    expect(await database().slice.count()).toBe(0);

    const { jobId } = await confirmImport(admin, { importId });
    await expect(confirmImport(admin, { importId })).rejects.toMatchObject({ code: "conflict" });
    expect(await database().job.findUnique({ where: { id: jobId } })).toMatchObject({
      kind: "import-archive",
      requestedById: admin.id,
    });
    await importArchive({ importId }, untroubled);
    expect(await findImport(admin, { importId })).toMatchObject({ state: "DONE", report: { slices: 6 } });
    expect(existsSync(await uploadFile(importId))).toBe(false);
    expect((await listImports(admin)).find(({ id }) => id === importId)).toMatchObject({ state: "DONE" });
  });

  it("sent again is previewed as known, slice by slice", async () => {
    const importId = await upload(zipOf(await smallSet(["TCGA_CS_0001_19990102"], 4)));
    await inspectArchive({ importId }, { signal });
    expect((await findImport(admin, { importId })).preview).toMatchObject({ slices: 4, alreadyThere: 3 });
    await cancelImport(admin, { importId });
    expect(existsSync(await uploadFile(importId))).toBe(false);
  });

  it("that is broken or hostile fails with a sentence and adds nothing", async () => {
    const before = await database().slice.count();
    const good = zipOf(await smallSet(["TCGA_CS_0005_19990102"], 2));
    const hostile = {
      "cut off": good.subarray(0, good.length - 40),
      "not a zip": Buffer.alloc(4000, "no zip "),
      "leaving its folder": zipOf({ "../../etc/passwd.png": Buffer.from("x") }),
      absolute: zipOf({ "/etc/passwd.png": Buffer.from("x") }),
    };
    for (const [what, bytes] of Object.entries(hostile)) {
      const importId = await upload(bytes, `${what}.zip`);
      const error = await inspectArchive({ importId }, { signal }).catch((refusal) => refusal);
      expect(error, what).toMatchObject({ code: "invalid", field: "archive" });
      await endImport(importId, "FAILED", error.message);
      expect(await findImport(admin, { importId })).toMatchObject({ state: "FAILED", error: error.message });
      expect(existsSync(await uploadFile(importId)), what).toBe(false);
    }
    expect(await database().slice.count()).toBe(before);
  });

  it("one damaged file inside is one rejected file", async () => {
    const files = await smallSet(["TCGA_CS_0006_19990102"], 2);
    const bytes = zipOf(files);
    const at = bytes.indexOf(
      Buffer.from(files["TCGA_CS_0006_19990102/TCGA_CS_0006_19990102_2.png"]!).subarray(20, 60),
    );
    bytes[at]! ^= 0xff;
    const importId = await upload(bytes);
    await inspectArchive({ importId }, { signal });
    await confirmImport(admin, { importId });
    await importArchive({ importId }, untroubled);
    const { report } = await findImport(admin, { importId });
    expect(report).toMatchObject({
      slices: 1,
      rejects: [{ file: "TCGA_CS_0006_19990102/TCGA_CS_0006_19990102_2.png" }],
    });
    expect(report!.rejects[0]!.reason).toMatch(/checksum/);
  });
});
