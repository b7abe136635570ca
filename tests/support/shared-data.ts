import { existsSync } from "node:fs";
import path from "node:path";

/** Where the public data set and the golden outputs lie beside a checkout; they are not part of the repository. */
const sharedFolder = path.resolve(import.meta.dirname, "../../../shared");

/**
 * The path of a shared data file, for example `data/lgg-mini.zip`, or null where it is not there.
 * A test that gets null must skip and say so: `describe.skipIf(!file)`.
 */
export function sharedFile(name: string): string | null {
  const file = path.join(sharedFolder, name);
  if (existsSync(file)) return file;
  console.warn(`skipped: needs ../shared/${name}, which is not here`);
  return null;
}
