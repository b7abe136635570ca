import { Prisma } from "./generated/client";
import type { Message } from "./message";

/** A message, or none, as a JSON column takes it. */
export function storedMessage(message: Message | null) {
  return message === null ? Prisma.DbNull : ({ ...message } as Prisma.InputJsonObject);
}
