import pg from "pg";
import { database } from "@/lib/platform/database";

/** A statement as it was sent to the database. */
export interface Statement {
  text: string;
  values: unknown[];
  /** The connection that carried it, from 0: statements of one transaction share one. */
  connection: number;
}

/** Runs `work` and gives the statements that this process sent meanwhile, in order, BEGIN and COMMIT included. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const connections: pg.Client[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown];
    const text = typeof first === "string" ? first : first.text;
    const values = typeof first === "string" ? second : first.values;
    if (!connections.includes(this)) connections.push(this);
    statements.push({
      text,
      values: Array.isArray(values) ? values : [],
      connection: connections.indexOf(this),
    });
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}

/** The database's plan of each reading statement, as it runs it, with times. */
export async function explainStatements(statements: Statement[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { text, values } of statements) {
    if (!/^\s*(SELECT|WITH)/i.test(text) || /FOR (NO KEY )?UPDATE/.test(text)) continue;
    const plan = await database().$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
      `EXPLAIN (ANALYZE, COSTS OFF, SUMMARY ON) ${text}`,
      ...values,
    );
    lines.push(`    ${text.replaceAll(/\s+/g, " ").trim().slice(0, 400)}`);
    lines.push(...plan.map((row) => `      ${row["QUERY PLAN"]}`));
  }
  return lines;
}
