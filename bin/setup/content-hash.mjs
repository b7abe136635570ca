import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";

/** SHA-256 over names and content of files and folders of the repository, but those of `except`. */
export function contentHash(names, except = []) {
  const hash = createHash("sha256");
  for (const name of names) addTo(hash, name, except);
  return hash.digest("hex");
}

function addTo(hash, name, except) {
  const file = path.join(root, name);
  if (except.includes(name) || !existsSync(file)) return;
  if (statSync(file).isDirectory())
    for (const child of readdirSync(file).sort()) addTo(hash, `${name}/${child}`, except);
  else hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
}
