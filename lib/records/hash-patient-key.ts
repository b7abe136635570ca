import { createHash } from "node:crypto";

/** SHA-256 of a patient key in hex: how models' cards name the patients they have seen without carrying identities. */
export function hashPatientKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
