import type { Message } from "./message";

/**
 * What jobs say that they are doing, by the feature whose jobs they are. A feature adds its own codes beside its contracts
 * (`declare module`), and `lib/words` words them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: features fill it
export interface ProgressMessages {}

/** What a job says that it is doing now. */
export type Progress = ProgressMessages[keyof ProgressMessages] & Message;
