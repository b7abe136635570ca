import { receiveUpload } from "@/lib/features/imports/receive-upload";
import { pieceBytes, uploadsPath } from "@/lib/features/imports/schema";
import type { Actor } from "@/lib/records/access";

const origin = "http://localhost:3000";

type Body = Uint8Array | ReadableStream<Uint8Array>;

function tusRequest(method: string, path: string, headers: Record<string, string>, body?: Body): Request {
  return new Request(`${origin}${path}`, {
    method,
    headers: { "Tus-Resumable": "1.0.0", ...headers },
    ...(body ? { body: body as BodyInit, duplex: "half" } : {}),
  } as RequestInit);
}

/** Begins an upload as the browser does; returns its import's id. */
export async function beginUpload(
  actor: Actor,
  { name, size }: { name: string; size: number },
): Promise<string> {
  const headers = {
    "Upload-Length": String(size),
    "Upload-Metadata": `filename ${Buffer.from(name).toString("base64")}`,
  };
  const response = await receiveUpload(actor, tusRequest("POST", uploadsPath, headers));
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return response.headers.get("location")!.split("/").at(-1)!;
}

/** Sends bytes of an upload from `offset` on. */
export function sendBytes(actor: Actor, importId: string, offset: number, body: Body): Promise<Response> {
  const headers: Record<string, string> = {
    "Upload-Offset": String(offset),
    "Content-Type": "application/offset+octet-stream",
  };
  if (body instanceof Uint8Array) headers["Content-Length"] = String(body.length);
  return receiveUpload(actor, tusRequest("PATCH", `${uploadsPath}/${importId}`, headers, body));
}

/** How much of an upload the server says has arrived; null where there is no such upload. */
export async function askOffset(actor: Actor, importId: string): Promise<number | null> {
  const response = await receiveUpload(actor, tusRequest("HEAD", `${uploadsPath}/${importId}`, {}));
  return response.status === 200 ? Number(response.headers.get("upload-offset")) : null;
}

/** Uploads a whole file in pieces; returns its import's id. */
export async function sendUpload(actor: Actor, name: string, bytes: Uint8Array): Promise<string> {
  const importId = await beginUpload(actor, { name, size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += pieceBytes)
    await sendBytes(actor, importId, offset, bytes.subarray(offset, offset + pieceBytes));
  return importId;
}
