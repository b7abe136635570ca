import type { FileHandle } from "node:fs/promises";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { type ArchiveEntry, ArchiveError, isSystemFile, limitChecker, limits } from "./archive-entry";

/** A file in a zip, and where its bytes are. */
export interface ZipEntry extends ArchiveEntry {
  /** 0 stored, 8 deflated (APPNOTE.TXT 4.4.5). */
  method: number;
  crc32: number;
  /** Of its local header, bytes from the start of the zip. */
  offset: number;
}

/** The files of a zip in its order, without folders and operating systems' own files; the whole list is checked. */
export async function listZip(path: string, file: FileHandle, size: number): Promise<ZipEntry[]> {
  const zip = await openDirectory(path, file);
  try {
    if (zip.entryCount > limits.entries)
      throw new ArchiveError({ code: "too-many-files", limit: limits.entries });
    const directoryStart = zip.readEntryCursor as unknown as number; // typed as boolean; it is the next header's place
    const entries: ZipEntry[] = [];
    const extents: { start: number; end: number }[] = [];
    const names = new Set<string>();
    const check = limitChecker();

    for await (const raw of zip.eachEntry()) {
      const name = safeName(raw);
      refuseLink(raw, name);
      if (raw.isEncrypted()) throw new ArchiveError({ code: "entry-encrypted", path: name });
      extents.push(extentOf(raw, name, Math.min(directoryStart, size)));
      if (name.endsWith("/")) continue;
      if (names.has(name)) throw new ArchiveError({ code: "entry-twice", path: name });
      names.add(name);

      const entry = {
        path: name,
        size: raw.uncompressedSize,
        compressedSize: raw.compressedSize,
        method: raw.compressionMethod,
        crc32: raw.crc32,
        offset: raw.relativeOffsetOfLocalHeader,
      };
      check(entry);
      if (!isSystemFile(name)) entries.push(entry);
    }
    refuseOverlap(extents);
    return entries;
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError({ code: "zip-damaged", cause: (error as Error).message });
  } finally {
    zip.close();
  }
}

async function openDirectory(path: string, file: FileHandle): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const startsAsZip = bytesRead === 4 && buffer.readUInt16LE(0) === 0x4b50;
    if (!startsAsZip) throw new ArchiveError({ code: "not-a-zip" });
    throw new ArchiveError({ code: "zip-cut-off", cause: (error as Error).message });
  }
}

/**
 * The name with `/` between its parts. Windows programs write `\`, which is read as `/` before anything is checked.
 * Names that could leave a folder (absolute, a drive, `..`) or that hide something (control characters) are refused.
 */
function safeName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  if (name.startsWith("/") || /^[a-z]:/i.test(name))
    throw new ArchiveError({ code: "entry-path-absolute", path: name });
  const parts = name.split("/");
  if (parts.includes("..")) throw new ArchiveError({ code: "entry-path-leaves", path: name });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (name === "" || /[\u0000-\u001f\u007f]/.test(name))
    throw new ArchiveError({ code: "entry-name-unusable", path: name });
  const isFolder = name.endsWith("/");
  const plain = parts.filter((part) => part !== "" && part !== ".").join("/");
  return isFolder ? `${plain}/` : plain;
}

const FILE_TYPE = 0o170000;
const LINK = 0o120000;

function refuseLink({ externalFileAttributes }: Entry, name: string) {
  if (((externalFileAttributes >>> 16) & FILE_TYPE) === LINK)
    throw new ArchiveError({ code: "entry-is-link", path: name });
}

/** The least room an entry takes: its local header, name and packed bytes. */
function extentOf(entry: Entry, name: string, directoryStart: number) {
  const start = entry.relativeOffsetOfLocalHeader;
  const end = start + 30 + entry.fileNameLength + entry.compressedSize;
  if (end > directoryStart) throw new ArchiveError({ code: "entry-outside", path: name });
  return { start, end };
}

/** Overlapping entries are how a small zip unpacks to petabytes (Fifield, A better zip bomb, WOOT 2019). */
function refuseOverlap(extents: { start: number; end: number }[]) {
  extents.sort((a, b) => a.start - b.start);
  for (let index = 1; index < extents.length; index++) {
    if (extents[index]!.start < extents[index - 1]!.end) throw new ArchiveError({ code: "entries-overlap" });
  }
}
