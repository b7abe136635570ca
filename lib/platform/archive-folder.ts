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

/** A folder and everything below it as an archive, names in order. Links are passed over, and said to be. */
export async function openFolder(root: string): Promise<Archive> {
  const files: ArchiveEntry[] = [];
  const ignored: { path: string; reason: string }[] = [];
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
          reason: found.isSymbolicLink() ? "is a link; links are not followed" : "is not a file",
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
      if (!known.has(path)) throw new ArchiveError(`${path} is not in the folder`);
      return readRegularFile(nodePath.join(root, path), path);
    },
    async close() {},
  };
}

/** The file may have changed since it was listed: a link in its place is not followed, a larger file not read. */
async function readRegularFile(file: string, path: string): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw new ArchiveError(`${path} cannot be read: ${error.code}`);
    },
  );
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new ArchiveError(`${path} is not a file`);
    if (found.size > limits.fileBytes) throw new ArchiveError(`${path} has grown too large`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
