import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, utimes } from "node:fs/promises";
import path from "node:path";
import { env } from "./env";

/**
 * The object store: immutable bytes by SHA-256, and derived bytes by a key that says what they were derived from.
 *
 * Both are written to a temporary name and renamed, so that a reader sees all of an object or nothing, and a killed
 * writer leaves at most a temporary file. An object is on the disk, its name included, before `putObject` returns.
 */

/**
 * Stores bytes; returns their SHA-256 in hex. Storing them again only renews the file's time: what was stored just now is
 * young, and the collector of unused objects (lib/platform/old-files.ts) leaves what is young alone.
 */
export async function putObject(bytes: Uint8Array): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = objectPath(sha256);
  if (!(await renewTime(file))) await writeWhole(file, bytes, { flush: true });
  return sha256;
}

/** The bytes of an object. Throws where it is missing or damaged: the hash is checked on every read. */
export async function getObject(sha256: string): Promise<Buffer> {
  const bytes = await readFile(objectPath(sha256));
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw new Error(`object ${sha256} is damaged: its bytes have another hash`);
  }
  return bytes;
}

/**
 * Stores bytes that can be made again, e.g. a thumbnail. `key` is a path of safe names. Unless they are flushed to the
 * disk, they may be missing or cut short after a power cut: readers check what they read.
 */
export async function putDerived(key: string, bytes: Uint8Array, { flush = false } = {}): Promise<void> {
  await writeWhole(derivedPath(key), bytes, { flush });
}

/** Derived bytes, or null where they must be made first. */
export async function getDerived(key: string): Promise<Buffer | null> {
  try {
    const bytes = await readFile(derivedPath(key));
    return bytes.length > 0 ? bytes : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Removes derived bytes, or all whose keys begin with `key/`. */
export async function removeDerived(key: string): Promise<void> {
  await rm(derivedPath(key), { force: true, recursive: true });
}

export function hasDerived(key: string): boolean {
  return existsSync(derivedPath(key));
}

/** A folder of this installation's data, e.g. `uploads`; made where it is missing. */
export async function dataFolder(name: string): Promise<string> {
  const folder = path.join(env.dataFolder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Whether an object is stored. */
export function hasObject(sha256: string): boolean {
  return existsSync(objectPath(sha256));
}

/** Where an object's file lies, for libraries that open files themselves; the hash is theirs to check. */
export function objectPath(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`not an object's key: ${sha256}`);
  return path.join(env.dataFolder, "objects", sha256.slice(0, 2), sha256);
}

function derivedPath(key: string) {
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(key) || key.split("/").includes(".."))
    throw new Error(`not a key: ${key}`);
  return path.join(env.dataFolder, "derived", key);
}

async function renewTime(file: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(file, now, now);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

async function writeWhole(file: string, bytes: Uint8Array, { flush }: { flush: boolean }) {
  const folder = path.dirname(file);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomUUID()}.part`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(bytes);
    if (flush) await handle.datasync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  if (!flush) return;
  await syncFolder(folder);
  if (made) await syncFolder(path.dirname(made));
}

/**
 * Waits until the names in a folder are on the disk: a file's own flush does not promise that its name outlives a power
 * cut. Windows cannot open folders, and keeps names by itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
