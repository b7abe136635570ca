import type { ImageProblem } from "@/lib/science/imaging/image-problem";
import type { Examinations } from "./examine-image";

/** What is sent to a process that decodes, one at a time. */
export interface Request {
  kind: keyof Examinations;
  bytes: Uint8Array;
}

/** What it answers: once that it is there, then one answer for each request. */
export type Answer =
  | { ready: true }
  | { facts: Awaited<ReturnType<Examinations[keyof Examinations]>> }
  | { problem: ImageProblem }
  /** A fault of the program. */
  | { fault: string };

/** It ends with this code where a file takes too much memory. */
export const tooMuchMemory = 91;
