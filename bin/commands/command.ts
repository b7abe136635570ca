import path from "node:path";

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}

/** It cannot be done: exit code 1, and this one line says why. */
export class CommandFailed extends Error {}

export interface CommandOptions {
  positionals: string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
  json: boolean;
  /** Words on the way, on standard error. */
  say(text: string): void;
  /** The result: the object as JSON, or the text for people. */
  print(object: unknown, forPeople: string): void;
}

export interface Command {
  /** As in `import PATH [--cohort phantom]`. */
  usage: string;
  summary: string;
  options?: Record<string, { type: "string" | "boolean"; short?: string }>;
  run(options: CommandOptions): Promise<void>;
}

/** The only positional argument. Throws `UsageError` where there is none or more. */
export function onlyArgument({ positionals }: CommandOptions, name: string): string {
  if (positionals.length !== 1) throw new UsageError(`Exactly one ${name} is needed`);
  return positionals[0]!;
}

/** A path as the person means it: npm runs commands in the package's folder, INIT_CWD is where the person stands. */
export function callersPath(given: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
}

export function noArguments({ positionals }: CommandOptions): void {
  if (positionals.length > 0) throw new UsageError(`What is "${positionals[0]}"?`);
}

/** A progress line that overwrites itself on a terminal; elsewhere standard error is kept for errors. */
export function progressLine(): (text: string) => void {
  return (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  };
}
