import { expectCommitted } from "./committed-text";
import { sqlText } from "./sql-text";
import { recordStatements } from "./statements";

type Call = () => Promise<unknown>;

/** Folder of the committed statements: FEATURE/VERB.sql, as in `lib/features`. */
export const sqlFolder = "tests/sql";

/**
 * Expects a verb (`FEATURE/FILE` in `lib/features`) to send the statements that are committed for it. Cases are calls
 * that take other ways through it.
 */
export async function expectSql(verb: string, calls: Call | Record<string, Call>): Promise<void> {
  const texts = [];
  for (const [name, call] of Object.entries(typeof calls === "function" ? { "": calls } : calls)) {
    const text = sqlText(await recordStatements(call));
    texts.push(`${name && `-- ## ${name}\n`}${text || "-- nothing\n"}`);
  }
  expectCommitted(`${sqlFolder}/${verb}.sql`, [`-- ${verb}\n`, ...texts].join("\n"));
}
