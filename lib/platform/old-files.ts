import type { Dirent } from "node:fs";
import { opendir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

/** Files that were last written, or renewed, before a time. */

export interface OldFile {
  path: string;
  /** Path below the folder that was walked, with slashes. */
  key: string;
  bytes: number;
}

/** Every file below `folder` that was last written before `before`; nothing where there is no such folder. */
export async function* oldFiles(folder: string, before: Date): AsyncGenerator<OldFile> {
  for await (const file of filesBelow(folder)) {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile() || found.mtime >= before) continue;
    yield { path: file, key: path.relative(folder, file).split(path.sep).join("/"), bytes: found.size };
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(folder)) entries.push(entry);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  for (const entry of entries) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(name);
    else if (entry.isFile()) yield name;
  }
}

/**
 * Removes a file, unless it was written or renewed (`putObject`) after `before`; true where it was removed. The file is
 * moved aside first and looked at then, so that a writer either renews what is put back, or finds nothing and writes the
 * whole file again. Removing it twice, or from two processes, does no harm.
 */
export async function removeOld(file: string, before: Date): Promise<boolean> {
  const aside = `${file}${asideEnding}`;
  try {
    await rename(file, aside);
    if ((await stat(aside)).mtime >= before) {
      await rename(aside, file);
      return false;
    }
    await rm(aside);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

const asideEnding = ".removed";

/** Whether a file is what a killed process left half done: a temporary file of `storage.ts`, or one moved aside above. */
export function isLeftOver(key: string): boolean {
  return key.endsWith(".part") || key.endsWith(asideEnding);
}
