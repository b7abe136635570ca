import type { z } from "zod";
import { UsageError } from "./command";

/** Parses what a command was given as a feature's input. Throws `UsageError` with the option's name. */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  input: z.input<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UsageError(`--${issue.path.map(String).join(".")}: ${issue.message}`);
}
