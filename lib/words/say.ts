import type { Message } from "@/lib/platform/message";

/** A sentence for each code of a union: tsc fails where one has none. */
export type Words<Said extends Message> = {
  readonly [Code in Said["code"]]: (said: Extract<Said, { code: Code }>) => string;
};

/** A message in words. A code without words, which another version may have stored, is said as it is. */
export function say<Said extends Message>(words: Words<Said>, said: Message): string {
  if (!Object.hasOwn(words, said.code)) return said.code;
  return (words as unknown as Record<string, (said: Message) => string>)[said.code]!(said);
}

/** 1, "slice" -> "1 slice"; 2, "slice" -> "2 slices" */
export const counted = (number: number, one: string, many = `${one}s`) =>
  `${number} ${number === 1 ? one : many}`;
