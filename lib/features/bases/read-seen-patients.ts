import { z } from "zod";
import { invalid } from "@/lib/platform/errors";
import { hashPatientKey } from "@/lib/records/hash-patient-key";

const Hash = /^[0-9a-f]{64}$/;
const SeenByCard = z.looseObject({
  trainedOn: z.looseObject({ patientKeySha256: z.array(z.string().regex(Hash)) }),
});

/**
 * The hashed keys of the patients that a text lists, each once, in order: a patient's key or its SHA-256 a line, lines
 * that begin with # left out. Throws `invalid` for an empty list: that a base has seen nobody must be said outright.
 */
export function readSeenPatients(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const keys = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (keys.length === 0) throw invalid("seen", { code: "seen-list-empty" });
  const strange = keys.find((key) => /[\s,;"'[\]{}]/.test(key));
  if (strange) throw invalid("seen", { code: "no-patient-key", text: strange });
  return [...new Set(keys.map((key) => (Hash.test(key) ? key : hashPatientKey(key))))].sort();
}

/** The hashed keys that a base's card lists under `trainedOn.patientKeySha256`; null where it lists none. */
export function seenPatientsOfCard(card: Record<string, unknown>): string[] | null {
  const parsed = SeenByCard.safeParse(card);
  return parsed.success ? [...new Set(parsed.data.trainedOn.patientKeySha256)].sort() : null;
}
