import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { confirmImport } from "@/lib/features/imports/confirm-import";
import { endImport } from "@/lib/features/imports/end-import";
import { findImport } from "@/lib/features/imports/find-import";
import { finishUpload } from "@/lib/features/imports/finish-upload";
import { importArchive } from "@/lib/features/imports/import-archive";
import { inspectArchive } from "@/lib/features/imports/inspect-archive";
import { listImports } from "@/lib/features/imports/list-imports";
import { pieceBytes } from "@/lib/features/imports/schema";
import { uploadFile } from "@/lib/features/imports/upload-file";
import { createUser } from "@/lib/features/users/create-user";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { systemActor } from "@/lib/records/access";
import { askOffset, beginUpload, sendBytes, sendUpload } from "../../support/send-upload";
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

const upload = (bytes: Uint8Array, name = "set.zip") => sendUpload(admin, name, bytes);

/** A body that breaks off after `bytes`, as a lost connection does. */
function brokenOff(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error("the connection was lost"));
      else controller.enqueue(bytes);
      sent = true;
    },
  });
}

describe("an upload", () => {
  it("arrives in pieces, byte for byte, and continues where it stopped", async () => {
    const bytes = randomBytes(pieceBytes + 12_345);
    const importId = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    expect(await askOffset(admin, importId)).toBe(0);
    const first = await sendBytes(admin, importId, 0, bytes.subarray(0, pieceBytes));
    expect([first.status, first.headers.get("upload-offset")]).toEqual([204, String(pieceBytes)]);

    // Out of turn: the server had got the piece, only its answer was lost.
    expect((await sendBytes(admin, importId, 0, bytes.subarray(0, pieceBytes))).status).toBe(409);
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "UPLOADING",
      receivedBytes: pieceBytes,
    });
    expect(await askOffset(admin, importId)).toBe(pieceBytes);

    await sendBytes(admin, importId, pieceBytes, bytes.subarray(pieceBytes));
    expect(readFileSync(await uploadFile(importId)).equals(bytes)).toBe(true);
    expect(await findImport(admin, { importId })).toMatchObject({ state: "INSPECTING" });
  });

  it("whose connection breaks keeps what has arrived, and continues there", async () => {
    const bytes = randomBytes(50_000);
    const importId = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    const cut = await sendBytes(admin, importId, 0, brokenOff(bytes.subarray(0, 20_000))).catch(() => null);
    expect(cut?.status).not.toBe(204);
    const arrived = await askOffset(admin, importId);
    expect(arrived).toBeLessThanOrEqual(20_000);
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "UPLOADING",
      receivedBytes: arrived,
    });
    expect((await sendBytes(admin, importId, arrived!, bytes.subarray(arrived!))).status).toBe(204);
    expect(readFileSync(await uploadFile(importId)).equals(bytes)).toBe(true);
  });

  it("whose last answer was lost is ended when the browser asks again", async () => {
    const bytes = randomBytes(100);
    const importId = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    // The server was stopped between the last byte and the end of the upload.
    writeFileSync(await uploadFile(importId), bytes);
    expect(await askOffset(admin, importId)).toBe(100);
    expect(await findImport(admin, { importId })).toMatchObject({
      state: "INSPECTING",
      job: { kind: "inspect-archive" },
    });
    expect(await askOffset(admin, importId)).toBe(100);
    await finishUpload(admin, { importId });
    expect(await database().job.count({ where: { key: `inspect-archive:${importId}` } })).toBe(1);
  });

  it("takes no byte more than was said, and does not end before", async () => {
    const importId = await beginUpload(admin, { name: "set.zip", size: 1000 });
    expect((await sendBytes(admin, importId, 0, randomBytes(1001))).status).toBe(413);
    expect((await findImport(admin, { importId })).receivedBytes).toBe(0);
    await sendBytes(admin, importId, 0, randomBytes(999));
    await expect(finishUpload(admin, { importId })).rejects.toMatchObject({
      kind: "conflict",
      said: { code: "upload-incomplete", arrived: 999, size: 1000 },
    });
    expect(await findImport(admin, { importId })).toMatchObject({ state: "UPLOADING", receivedBytes: 999 });
  });

  it("counts one of two equal pieces sent at once", async () => {
    const bytes = randomBytes(5000);
    const importId = await beginUpload(admin, { name: "set.zip", size: 6000 });
    const statuses = await Promise.all(
      [1, 2].map(async () => (await sendBytes(admin, importId, 0, bytes)).status),
    );
    expect(statuses.sort()).toEqual([204, 409]);
    expect((await findImport(admin, { importId })).receivedBytes).toBe(5000);
    expect(readFileSync(await uploadFile(importId)).equals(bytes)).toBe(true);
  });

  it("larger than the installation's limit, empty or without a name is refused before a byte is sent", async () => {
    for (const [file, field] of [
      [{ name: "big.zip", size: 2 ** 50 }, "size"],
      [{ name: "empty.zip", size: 0 }, "size"],
      [{ name: " ", size: 10 }, "name"],
    ] as const)
      await expect(beginUpload(admin, file), file.name).rejects.toMatchObject({ kind: "invalid", field });
  });

  it("that is cancelled leaves no bytes and takes none", async () => {
    const importId = await beginUpload(admin, { name: "set.zip", size: 1000 });
    await cancelImport(admin, { importId });
    expect(existsSync(await uploadFile(importId))).toBe(false);
    await expect(sendBytes(admin, importId, 0, randomBytes(1000))).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(await askOffset(admin, importId)).toBeNull();
    expect((await findImport(admin, { importId })).state).toBe("CANCELLED");
    await expect(cancelImport(admin, { importId })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is for admins: a reader may look, and change nothing", async () => {
    const bytes = zipOf(await smallSet(["TCGA_CS_0009_19990102"], 1));
    const importId = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    const refused = { kind: "forbidden" };
    await expect(beginUpload(reader, { name: "x.zip", size: 1 })).rejects.toMatchObject(refused);
    await expect(sendBytes(reader, importId, 0, bytes)).rejects.toMatchObject(refused);
    await expect(askOffset(reader, importId)).rejects.toMatchObject(refused);
    await expect(finishUpload(reader, { importId })).rejects.toMatchObject(refused);
    await expect(confirmImport(reader, { importId })).rejects.toMatchObject(refused);
    await expect(cancelImport(reader, { importId })).rejects.toMatchObject(refused);
    expect(await findImport(reader, { importId })).toMatchObject({ state: "UPLOADING", mayChange: false });
  });

  it("answers no other site's script", async () => {
    const importId = await beginUpload(admin, { name: "set.zip", size: 10 });
    const response = await sendBytes(admin, importId, 0, randomBytes(5));
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
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
    await expect(confirmImport(admin, { importId })).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().job.findUnique({ where: { id: jobId } })).toMatchObject({
      kind: "import-archive",
      requestedById: admin.id,
    });
    await importArchive({ importId }, untroubled);
    expect(await findImport(admin, { importId })).toMatchObject({ state: "DONE", report: { slices: 6 } });
    expect(existsSync(await uploadFile(importId))).toBe(false);
    expect((await listImports(admin)).find(({ id }) => id === importId)).toMatchObject({ state: "DONE" });
  });

  it("that changes after its preview is not imported", async () => {
    const importId = await upload(zipOf(await smallSet(["TCGA_CS_0011_19990102"], 2)));
    await inspectArchive({ importId }, { signal });
    await confirmImport(admin, { importId });
    const before = await database().slice.count();
    const other = zipOf(await smallSet(["TCGA_CS_0012_19990102"], 2));
    writeFileSync(await uploadFile(importId), other);
    await expect(importArchive({ importId }, untroubled)).rejects.toMatchObject({
      kind: "invalid",
      said: { code: "archive-changed" },
    });
    expect(await database().slice.count()).toBe(before);
  });

  it("takes nothing more from a slow request once another one has sent the rest", async () => {
    const bytes = zipOf(await smallSet(["TCGA_CS_0013_19990102"], 2));
    const importId = await beginUpload(admin, { name: "set.zip", size: bytes.length });
    let slow!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        slow = controller;
        controller.enqueue(bytes.subarray(0, 100));
      },
    });
    const slowly = sendBytes(admin, importId, 0, body).catch((error) => error);
    await vi.waitFor(async () => expect((await stat(await uploadFile(importId))).size).toBe(100));

    // The browser has given the connection up: it asks, and goes on from there.
    const offset = (await askOffset(admin, importId))!;
    expect((await sendBytes(admin, importId, offset, bytes.subarray(offset))).status).toBe(204);
    await inspectArchive({ importId }, { signal });
    try {
      slow.enqueue(Buffer.alloc(bytes.length - 100));
      slow.close();
    } catch {
      // Its stream was ended already.
    }
    await slowly;
    expect(readFileSync(await uploadFile(importId)).equals(bytes)).toBe(true);
    expect(await findImport(admin, { importId })).toMatchObject({ state: "READY" });
  });

  it("sent again is previewed as known, slice by slice", async () => {
    const importId = await upload(zipOf(await smallSet(["TCGA_CS_0001_19990102"], 4)));
    await inspectArchive({ importId }, { signal });
    expect((await findImport(admin, { importId })).preview).toMatchObject({ slices: 4, alreadyThere: 3 });
    await cancelImport(admin, { importId });
    expect(existsSync(await uploadFile(importId))).toBe(false);
  });

  it("that is broken or hostile fails with its problem and adds nothing", async () => {
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
      expect(error, what).toMatchObject({
        kind: "invalid",
        field: "archive",
        said: { code: "archive-not-importable" },
      });
      await endImport(importId, "FAILED", error.said);
      expect(await findImport(admin, { importId })).toMatchObject({ state: "FAILED", error: error.said });
      expect(existsSync(await uploadFile(importId)), what).toBe(false);
    }
    expect(await database().slice.count()).toBe(before);
    const failed = await listImports(admin, { show: "failed" });
    expect(failed.map(({ state }) => state)).toEqual(Object.keys(hostile).map(() => "FAILED"));
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
    expect(report!.rejects[0]!.reason).toMatchObject({ code: "entry-checksum" });
  });
});
