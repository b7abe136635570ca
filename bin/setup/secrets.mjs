import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The installation's secrets, made on first use and readable by their owner alone. */
export function ensureSecrets(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  if (!existsSync(file))
    writeFileSync(file, JSON.stringify({ sessions: randomBytes(48).toString("base64url") }), { mode: 0o600 });
  return JSON.parse(readFileSync(file, "utf8"));
}
