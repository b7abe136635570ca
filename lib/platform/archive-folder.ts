import { constants } from "node:fs";
import { lstat, open, opendir } from "node:fs/promises";
import nodePath from "node:path";
import {
  type Archive,
  type ArchiveEntry,
  ArchiveError,
  isSystemFile,
  limitChecker,
  limits,
} from "./archive-entry";
import type { PassedOver } from "./archive-problem";

/** A folder and everything below it as an archive, names in order. Links are passed over, and said to be. */
export async function openFolder(root: string): Promise<Archive> {
  const files: ArchiveEntry[] = [];
  const ignored: { path: string; reason: PassedOver }[] = [];
  const check = limitChecker();

  const walk = async (folder: string) => {
    const names: string[] = [];
    for await (const { name } of await opendir(nodePath.join(root, folder))) names.push(name);
    for (const name of names.sort()) {
      const path = folder ? `${folder}/${name}` : name;
      if (isSystemFile(path)) continue;
      const found = await lstat(nodePath.join(root, path));
      if (found.isDirectory()) await walk(path);
      else if (found.isFile()) {
        const entry = { path, size: found.size, compressedSize: found.size };
        check(entry);
        files.push(entry);
      } else {
        ignored.push({
          path,
          reason: { code: found.isSymbolicLink() ? "link-not-followed" : "no-file" },
        });
      }
    }
  };
  await walk("");
  const known = new Set(files.map(({ path }) => path));

  return {
    kind: "folder",
    ignored,
    async *entries() {
      yield* files;
    },
    async read({ path }) {
      if (!known.has(path)) throw new ArchiveError({ code: "not-in-folder", path });
      return readRegularFile(nodePath.join(root, path), path);
    },
    async close() {},
  };
}

/** The file may have changed since it was listed: a link in its place is not followed, a larger file not read. */
async function readRegularFile(file: string, path: string): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw new ArchiveError({ code: "entry-unreadable", path, cause: String(error.code) });
    },
  );
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new ArchiveError({ code: "entry-is-no-file", path });
    if (found.size > limits.fileBytes) throw new ArchiveError({ code: "entry-has-grown", path });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
