import { randomUUID } from "node:crypto";
import { FileStore } from "@tus/file-store";
import { MemoryLocker, Server, type Upload } from "@tus/server";
import { recordAudit } from "@/lib/platform/audit";
import { database, transaction } from "@/lib/platform/database";
import { AppError, conflict, invalid, unavailable } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { asWritten } from "@/lib/platform/message";
import { dataFolder } from "@/lib/platform/storage";
import { type Actor, importsWritableBy, requirePermission } from "@/lib/records/access";
import { countHourly } from "@/lib/records/count-hourly";
import { finishUpload } from "./finish-upload";
import { refuseTooLarge } from "./refuse-too-large";
import { UploadedFile, uploadsPath } from "./schema";
import { bytesReceived, uploadFile } from "./upload-file";

/*
 * The life of an upload, within the state UPLOADING of its import (jobs.ts beside this file has all states).
 *
 * Begun: POST makes the Import row and an empty file of the same name. A file that is too large, empty or without a
 *   name makes neither.
 * Arriving: PATCH appends bytes at the offset that the file itself has. Another offset is refused with 409, and nothing
 *   is written. PATCH and HEAD write into the row how much has arrived.
 * Arrived: the request with the last byte ends the upload. Should the server stop in between, the browser's next HEAD
 *   ends it; ending it twice does nothing more.
 * Ended: PATCH is refused. HEAD says how much has arrived until the import has ended; then it is
 *   answered as if there were no upload. The bytes go when the import has ended.
 */

/** Uploads that one account may begin in an hour: each leaves a row that stays, and a file for days. */
const mostAnHour = 60;

/** Two requests for one upload wait for each other. */
const locker = new MemoryLocker();

/**
 * Answers one request of the resumable upload protocol (https://tus.io, 1.0.0): POST begins an upload, HEAD says how
 * many bytes have arrived, PATCH appends bytes. The last byte ends the upload and has the archive read for its preview.
 *
 * The file itself says how many bytes have arrived, so a broken connection or a stopped server costs nothing that was
 * written. The client asks with HEAD and continues from there.
 *
 * Throws `forbidden`; `invalid` for a file that is empty, has no name or is larger than the installation's limit;
 * `conflict` for bytes of an upload that has ended; `unavailable` when the disk is full, and for more uploads an hour than
 * an account may begin. A wrong offset, a body that is
 * too long and an upload that is not the actor's are answered as the protocol says: 409, 413, 404.
 */
export async function receiveUpload(actor: Actor, request: Request): Promise<Response> {
  requirePermission(actor, "import:write");
  let fault: unknown;
  const server = new Server({
    path: uploadsPath,
    relativeLocation: true, // the browser keeps the origin it came by
    allowedOrigins: [],
    datastore: new FileStore({
      directory: await dataFolder("uploads"),
      configstore: importsAsUploads(actor, request.method),
    }),
    locker,
    namingFunction: () => randomUUID(),
    onUploadCreate: async (_request, upload) => {
      await refuseTooLarge(describe(upload));
      await countHourly(actor, "upload", mostAnHour, (seconds) => ({
        code: "too-many-uploads",
        most: mostAnHour,
        seconds,
      }));
      return {};
    },
    onResponseError: (_request, error) => {
      fault = error;
      return undefined;
    },
  });
  const response = await server.handleWeb(request);
  if (fault) throwOurs(fault);
  if (request.method !== "POST") await noteReceived(actor, new URL(request.url).pathname.split("/").at(-1)!);
  return response;
}

/** Keeps what the protocol knows of an upload in its Import row. */
function importsAsUploads(actor: Actor, method: string) {
  return {
    async get(importId: string) {
      const row = await database().import.findFirst({
        where: { id: importId, uploaded: true, ...importsWritableBy(actor) },
      });
      if (!row || row.size === null) return undefined;
      if (method === "PATCH" && row.state !== "UPLOADING") throw conflict({ code: "upload-ended" });
      if (row.finishedAt) return undefined;
      return { id: importId, size: Number(row.size), offset: Number(row.receivedBytes) } as Upload;
    },
    async set(importId: string, upload: Upload) {
      const { name, size } = describe(upload);
      const path = await uploadFile(importId);
      await transaction(async (db) => {
        await db.import.create({
          data: {
            id: importId,
            state: "UPLOADING",
            name,
            path,
            uploaded: true,
            size,
            requestedById: actor.id,
          },
        });
        await recordAudit(db, actor, "import.begun", importId, { size });
        await notifyChange(db, "import", importId);
      });
    },
    async delete() {}, // An import is ended by cancelImport.
  };
}

function describe({ size, metadata }: Upload) {
  const parsed = UploadedFile.safeParse({ size, name: metadata?.filename ?? "" });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw invalid(String(issue.path[0]), asWritten(issue.message));
}

/** Writes down for people how much has arrived, and ends the upload with its last byte. */
async function noteReceived(actor: Actor, importId: string) {
  const receivedBytes = await bytesReceived(importId);
  if (receivedBytes === null) return;
  const [upload] = await database().import.updateManyAndReturn({
    where: { id: importId, state: "UPLOADING", ...importsWritableBy(actor) },
    data: { receivedBytes },
  });
  if (upload && Number(upload.size) === receivedBytes) await finishUpload(actor, { importId });
}

/** The protocol's own answers stand; what the store and our hooks threw is refused, or goes to the log. */
function throwOurs(error: unknown) {
  if (error instanceof AppError || error instanceof Error) throw error;
  const { status_code, body } = error as { status_code: number; body: string };
  if (/went wrong receiving the file/.test(body)) {
    throw unavailable({ code: "upload-not-written" });
  }
  if (status_code >= 500) throw new Error(`upload: ${body}`);
}
