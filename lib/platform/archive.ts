import { type FileHandle, open, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { type Archive, type ArchiveEntry, ArchiveError } from "./archive-entry";
import { openFolder } from "./archive-folder";
import { listZip, type ZipEntry } from "./archive-zip-list";

const inflate = promisify(inflateRaw) as (
  bytes: Buffer,
  options: { maxOutputLength: number; chunkSize: number },
) => Promise<Buffer>;

/**
 * Opens a zip file or a folder of files for reading, one file at a time.
 *
 * The whole list of a zip is checked here, before anything is read: names that leave the archive, links, encryption,
 * duplicate names, entries that overlap or lie outside the file, and sizes beyond the limits are refused as a whole.
 * What is wrong with one file's bytes (damage, an unknown compression) is an error of `read` alone.
 * Memory grows with the number of names, never with the archive's size.
 *
 * Throws `ArchiveError`.
 */
export async function openArchive(path: string): Promise<Archive> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ArchiveError(
      error.code === "ENOENT"
        ? { code: "nothing-there" }
        : { code: "archive-not-openable", cause: String(error.code) },
    );
  });
  if (found.isDirectory()) return openFolder(path);
  if (!found.isFile()) throw new ArchiveError({ code: "neither-file-nor-folder" });
  return openZip(path, found.size);
}

async function openZip(path: string, size: number): Promise<Archive> {
  const file = await open(path, "r");
  try {
    const listed = await listZip(path, file, size);
    const byPath = new Map(listed.map((entry) => [entry.path, entry]));
    return {
      kind: "zip",
      ignored: [],
      async *entries() {
        for (const { path, size, compressedSize } of listed) yield { path, size, compressedSize };
      },
      async read(entry: Pick<ArchiveEntry, "path">) {
        const wanted = byPath.get(entry.path);
        if (!wanted) throw new ArchiveError({ code: "not-in-archive", path: entry.path });
        return readEntry(file, wanted);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** Bytes unpacked at once. */
const LARGEST_PIECE = 2 ** 20;

/** One file's bytes, whose size and CRC-32 are as the archive's list says. */
async function readEntry(file: FileHandle, entry: ZipEntry): Promise<Buffer> {
  const { path, size, compressedSize, method, offset } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw new ArchiveError({ code: "entry-method-unknown", path, method });
  }
  const header = await readExactly(file, offset, LOCAL_HEADER_BYTES, path);
  if (header.readUInt32LE(0) !== LOCAL_HEADER_SIGNATURE)
    throw new ArchiveError({ code: "entry-without-header", path });
  const start = offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await readExactly(file, start, compressedSize, path);

  const bytes = method === STORED ? packed : await unpack(packed, size, path);
  if (bytes.length !== size)
    throw new ArchiveError({ code: "entry-length", path, bytes: bytes.length, announced: size });
  if (crc32(bytes) !== entry.crc32) throw new ArchiveError({ code: "entry-checksum", path });
  return bytes;
}

/** Stops at the announced size, so that a lying archive cannot fill the memory. */
async function unpack(packed: Buffer, size: number, path: string): Promise<Buffer> {
  try {
    // In one piece where it is small: each piece is a trip to another thread. One byte more lets it see the end.
    const chunkSize = Math.max(64, Math.min(size + 1, LARGEST_PIECE));
    return await inflate(packed, { maxOutputLength: Math.max(1, size), chunkSize });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw new ArchiveError({ code: "entry-longer", path, announced: size });
    throw new ArchiveError({ code: "entry-not-unpackable", path });
  }
}

async function readExactly(
  file: FileHandle,
  position: number,
  length: number,
  path: string,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead < length) throw new ArchiveError({ code: "entry-cut-off", path });
  return buffer;
}
