export const groups = ["lint", "types", "unit", "e2e"];

const usage = `Usage: npm test [-- [--only ${groups.join(",")}] [--changed [COMMIT]]]`;

/**
 * Reads `npm test`'s arguments as `{ only, changed }`: the groups to run, and the commit since which changes count, "HEAD"
 * where none is named, null for everything. Throws an Error with how it is used.
 */
export function readTestArguments(args) {
  const result = { only: groups, changed: null };
  for (let at = 0; at < args.length; at++) {
    const value = args[at + 1]?.startsWith("--") ? undefined : args[at + 1];
    if (args[at] === "--only" && value) result.only = value.split(",");
    else if (args[at] === "--changed") result.changed = value ?? "HEAD";
    else throw new Error(usage);
    if (value) at++;
  }
  if (result.only.some((group) => !groups.includes(group))) throw new Error(usage);
  return result;
}
