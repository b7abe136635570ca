import { z } from "zod";

/** Characters of a protocol (UTF-16 units, as a text field counts them). */
export const longestProtocol = 20_000;

export const SaveProtocol = z.strictObject({
  /** Markdown. */
  text: z
    .string()
    .max(longestProtocol, "A protocol has at most 20,000 characters")
    .refine((text) => text.trim() !== "", "A protocol has some text")
    // Postgres stores none.
    .refine((text) => !text.includes("\0"), "A protocol has no NUL characters"),
  /** The version on the author's screen, 0 where there is none. */
  basedOn: z.int().min(0).max(2_147_483_647),
});

export const FindProtocol = z.strictObject({
  /** The newest one where it is not given. */
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});

/** A version in the list of versions. */
export interface ProtocolEntry {
  /** 1 for the first. */
  version: number;
  /** Null for the system itself. */
  author: string | null;
  createdAt: Date;
}

/** A version of the group's annotation protocol. */
export interface ProtocolView extends ProtocolEntry {
  /** Markdown. It may contain HTML: show it without. */
  text: string;
}
