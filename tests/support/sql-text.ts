import type { Statement } from "./statements";

/**
 * Statements as a text that a person compares with an earlier one: a clause a line, no values but their number, equal
 * statements once with their number.
 *
 * What may be sent at the same time has no order and is sorted by text: statements outside of transactions, which stand
 * first; the transactions; and reads of one transaction that follow each other. Writes and locks keep their order.
 */
export function sqlText(statements: readonly Statement[]): string {
  const parts = group(statements);
  const texts = [false, true].flatMap((isTransaction) =>
    collapse(parts.filter((part) => part.isTransaction === isTransaction).map(partText)).sort(),
  );
  return texts.join("\n");
}

/** A transaction, or one statement outside of any. */
interface Part {
  isTransaction: boolean;
  /** How a transaction began and ended, where that is not the usual way. */
  remarks: string[];
  statements: Statement[];
}

function group(statements: readonly Statement[]): Part[] {
  const parts: Part[] = [];
  const open = new Map<number, Part>();
  for (const statement of statements) {
    const { text, connection } = statement;
    const transaction = open.get(connection);
    if (/^BEGIN/i.test(text)) {
      const opened = { isTransaction: true, remarks: isolationOf(text), statements: [] };
      open.set(connection, opened);
      parts.push(opened);
    } else if (/^(COMMIT|ROLLBACK)$/i.test(text)) {
      if (/^ROLLBACK/i.test(text)) transaction?.remarks.push("rolled back");
      open.delete(connection);
    } else if (/^SET TRANSACTION/i.test(text)) transaction?.remarks.push(...isolationOf(text));
    else if (transaction) transaction.statements.push(statement);
    else parts.push({ isTransaction: false, remarks: [], statements: [statement] });
  }
  return parts;
}

function isolationOf(text: string): string[] {
  const level = /ISOLATION LEVEL (\w+(?: \w+)?)/i.exec(text)?.[1];
  return level ? [level.toLowerCase()] : [];
}

function partText({ isTransaction, remarks, statements }: Part): string {
  const texts = collapse(withReadsSorted(statements));
  if (!isTransaction) return texts.join("\n");
  const head = ["transaction", ...remarks].join(", ");
  return [`-- ${head}`, ...texts.map((text) => text.replaceAll(/^(?=.)/gm, "  ")), "-- end\n"].join("\n");
}

function withReadsSorted(statements: readonly Statement[]): string[] {
  const runs: { isRead: boolean; texts: string[] }[] = [];
  for (const statement of statements) {
    const isRead = isPlainRead(statement);
    if (!isRead || !runs.at(-1)?.isRead) runs.push({ isRead, texts: [] });
    runs.at(-1)!.texts.push(statementText(statement));
  }
  return runs.flatMap(({ texts }) => texts.sort());
}

/** Neither a write nor a lock, a notice or a job for the queue. */
const isPlainRead = ({ text }: Statement) =>
  /^\s*(SELECT|WITH)\b/.test(text) &&
  /\bFROM\b/.test(text) &&
  !/\b(UPDATE|INSERT|DELETE|graphile_worker)\b/.test(text);

/** Equal texts once, in the place of the first, with their number. */
function collapse(texts: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times].map(([text, count]) => (count === 1 ? text : `-- (${count} times)\n${text}`));
}

function statementText({ text, values }: Statement): string {
  const count = values.length === 1 ? "1 value" : `${values.length} values`;
  return `${clauses(text)};${values.length > 0 ? ` -- ${count}` : ""}\n`;
}

/** Strings and names, which are left as they are; brackets; what begins a line. */
const tokens =
  /('(?:[^']|'')*'|"(?:[^"]|"")*")|([()])|\b((?:LEFT |INNER |CROSS )?JOIN|SELECT|(?<!DISTINCT |epoch |DELETE )FROM|WHERE|AND|GROUP BY|HAVING|ORDER BY|LIMIT|OFFSET|RETURNING|VALUES|SET|ON CONFLICT|UNION|DO UPDATE)\b/g;

/** A statement with each clause on a line of its own, indented by the brackets around it. */
function clauses(sql: string): string {
  const text = sql.replaceAll('"public".', "").replaceAll(/\s+/g, " ").trim();
  let depth = 0;
  return text
    .replaceAll(tokens, (token, _quoted, bracket, keyword) => {
      if (bracket) depth += bracket === "(" ? 1 : -1;
      return keyword ? `\n${"  ".repeat(depth)}${keyword}` : token;
    })
    .replaceAll(/ +$/gm, "")
    .replaceAll(/(DO UPDATE|DO NOTHING)\n *SET/g, "$1 SET")
    .trim();
}
