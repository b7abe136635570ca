import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";
import { ensurePostgres } from "./postgres.mjs";

/** Where tests keep their server, data and reports; nothing in it is worth keeping. */
export const testFolder = path.join(root, ".test");

// Nothing here outlives the machine's next start, so nothing has to wait for the disk.
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** The one server that all tests of this checkout share, as `ensurePostgres` gives it. */
export function ensureTestDatabase() {
  return ensurePostgres({ dataDir: testFolder, settings });
}

/** Stops it, unless another run of tests is connected to it. */
export async function stopTestDatabase() {
  if (existsSync(path.join(testFolder, "postgres.json"))) await (await ensureTestDatabase()).stop();
}
