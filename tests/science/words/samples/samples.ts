import type { Message } from "@/lib/platform/message";

/** Values for each code of a union: tsc fails where one is missing. */
export type Samples<Said extends Message> = {
  [Code in Said["code"]]: Omit<Extract<Said, { code: Code }>, "code">;
};
