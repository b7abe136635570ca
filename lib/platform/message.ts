import { z } from "zod";

/**
 * Something to be said, as data: a code and its values, plain JSON. Below the pages nothing is worded; `lib/words` makes
 * a sentence of a message where a person reads it.
 */
export interface Message {
  readonly code: string;
}

/** Words that are nobody's code: what an earlier version stored as a sentence, or another program said. */
export interface AsWritten extends Message {
  code: "as-written";
  text: string;
}

export const asWritten = (text: string): AsWritten => ({ code: "as-written", text });

/** A message out of a JSON column. Its values are those of the version that wrote it. */
export const StoredMessage: z.ZodType<Message> = z.looseObject({ code: z.string() });

/** The same where earlier versions stored a sentence inside a JSON column. */
export const StoredMessageOrText = z.union([z.string().transform(asWritten), StoredMessage]);

/** For logs: the code and its values on one line; words that were written stand as they are. */
export function inLog(message: Message): string {
  if (message.code === "as-written") return (message as AsWritten).text;
  const { code, ...values } = message;
  return Object.keys(values).length === 0 ? code : `${code} ${JSON.stringify(values)}`;
}
