import type { z } from "zod";
import { AppError, type ErrorKind } from "@/lib/platform/errors";
import { asWritten } from "@/lib/platform/message";
import type { Actor } from "@/lib/records/access";
import { sayRefusal } from "@/lib/words/refusals";
import { currentActor } from "./actor";
import { asRefusal } from "./as-refusal";

/** What a server action tells its page. */
export type Outcome<Data> =
  | { ok: true; data: Data }
  | { ok: false; code: ErrorKind; message: string; field?: string };

/**
 * A server action: reads the actor, parses the input, runs the feature; what the feature refuses becomes an outcome
 * with a sentence for the reader (lib/words), and so does a database that is away. Permission is the feature's own
 * matter. Faults escape to the log. While a new password is due, only an action with `evenIfPasswordDue` runs.
 */
export function action<Schema extends z.ZodType, Data>(
  schema: Schema,
  run: (actor: Actor, input: z.output<Schema>) => Promise<Data>,
  whose: { evenIfPasswordDue?: boolean } = {},
) {
  return async (input: z.input<Schema>): Promise<Outcome<Data>> => {
    try {
      const actor = await currentActor(whose);
      const parsed = schema.safeParse(input);
      if (!parsed.success) return refusal(firstProblem(parsed.error));
      return { ok: true, data: await run(actor, parsed.data) };
    } catch (error) {
      const refused = asRefusal(error);
      if (refused) return refusal(refused);
      throw error;
    }
  };
}

/** The first thing wrong with an input, with the field it is in. */
export function firstProblem(error: z.ZodError): AppError {
  const issue = error.issues[0];
  return new AppError(
    "invalid",
    asWritten(issue?.message ?? "Invalid input"),
    issue?.path.join(".") || undefined,
  );
}

function refusal({ kind, said, field }: AppError) {
  return { ok: false as const, code: kind, message: sayRefusal(said), ...(field ? { field } : {}) };
}
