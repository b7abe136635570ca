import { AppError } from "@/lib/platform/errors";
import { sayRefusal } from "@/lib/words/refusals";

/** What came of a change that someone else may have been faster with. */
export type OrConflict<Done> = { done: Done } | { conflict: string };

/**
 * A change whose conflict is an answer and no error: the caller chooses what to do, and a browser would write a
 * refused request on its console. Every other refusal stays one.
 */
export async function orConflict<Done>(changing: Promise<Done>): Promise<OrConflict<Done>> {
  try {
    return { done: await changing };
  } catch (error) {
    if (error instanceof AppError && error.kind === "conflict") return { conflict: sayRefusal(error.said) };
    throw error;
  }
}
