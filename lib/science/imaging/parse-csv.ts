import { CsvError, parse } from "csv-parse/sync";

/** Why a text cannot be read as a table; `other`: the parser's own words. */
export type TableProblem =
  | { code: "quote-not-closed" }
  | { code: "too-many-rows"; limit: number }
  | { code: "too-many-columns"; limit: number }
  | { code: "too-many-values"; limit: number }
  | { code: "row-too-long"; limit: number }
  | { code: "other"; text: string };

/** Thrown where a text cannot be read as a table. */
export class TableError extends SyntaxError {
  constructor(readonly said: TableProblem) {
    super(said.code);
    this.name = "TableError";
  }
}

/** What a table may be, at most: more than an archive has files, and more columns than a study has variables. */
export const tableLimits = { rows: 500_000, columns: 500, values: 5_000_000, charactersOfRow: 100_000 };

/**
 * A table of comma- or semicolon-separated values (RFC 4180) as one record per row, keyed by the header's names.
 *
 * A byte order mark, CRLF, quoted fields with commas, quotes and line breaks, and spaces around values are understood;
 * empty lines are skipped; names are lower-cased. Missing values at a row's end are empty.
 * `row` counts data rows from 1. Of the columns only those that `kept` names have values; where it names none there are no
 * rows. Memory grows with the kept values alone.
 *
 * Throws `TableError` for a quoted field that never ends, for more than `tableLimits`, and for what else the parser refuses.
 */
export function parseCsv(
  text: string,
  kept: (columns: string[]) => string[] = (columns) => columns,
): {
  columns: string[];
  rows: { row: number; values: Record<string, string> }[];
} {
  refuseLongLines(text);
  const firstLine = text.slice(0, text.search(/\r|\n|$/));
  let columns: string[] | undefined;
  let places: [name: string, place: number][] = [];
  const rows: { row: number; values: Record<string, string> }[] = [];
  let row = 0;
  eachRecord(text, separatorOf(firstLine), (fields) => {
    if (!columns) {
      columns = fields.map((name) => name.toLowerCase());
      if (columns.length > tableLimits.columns)
        throw new TableError({ code: "too-many-columns", limit: tableLimits.columns });
      const wanted = new Set(kept(columns));
      places = columns.flatMap((name, place) => (wanted.has(name) ? [[name, place]] : []));
      return;
    }
    if (++row > tableLimits.rows) throw new TableError({ code: "too-many-rows", limit: tableLimits.rows });
    if (row * places.length > tableLimits.values)
      throw new TableError({ code: "too-many-values", limit: tableLimits.values });
    if (places.length === 0) return;
    rows.push({
      row,
      values: Object.fromEntries(places.map(([name, place]) => [name, fields[place] ?? ""])),
    });
  });
  return { columns: columns ?? [], rows };
}

/** The parser has made millions of empty fields of such a line before it hands any on. */
function refuseLongLines(text: string) {
  for (const [line] of text.matchAll(/[^\r\n]+/g))
    if (line.length > tableLimits.charactersOfRow)
      throw new TableError({ code: "row-too-long", limit: tableLimits.charactersOfRow });
}

const separatorOf = (header: string) => (!header.includes(",") && header.includes(";") ? ";" : ",");

/** Passes each record on and keeps none. */
function eachRecord(text: string, delimiter: string, take: (fields: string[]) => void): void {
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      max_record_size: tableLimits.charactersOfRow,
      on_record: (fields: string[]) => {
        take(fields);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof TableError) throw error;
    if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED")
      throw new TableError({ code: "quote-not-closed" });
    if (error instanceof CsvError && error.code === "CSV_MAX_RECORD_SIZE")
      throw new TableError({ code: "row-too-long", limit: tableLimits.charactersOfRow });
    throw new TableError({ code: "other", text: (error as Error).message });
  }
}
