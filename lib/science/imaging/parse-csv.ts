import { CsvError, parse } from "csv-parse/sync";

/** Why a text cannot be read as a table; `other`: the parser's own words. */
export type TableProblem = { code: "quote-not-closed" } | { code: "other"; text: string };

/** Thrown where a text cannot be read as a table. */
export class TableError extends SyntaxError {
  constructor(readonly said: TableProblem) {
    super(said.code);
    this.name = "TableError";
  }
}

/**
 * A table of comma- or semicolon-separated values (RFC 4180) as one record per row, keyed by the header's names.
 *
 * A byte order mark, CRLF, quoted fields with commas, quotes and line breaks, and spaces around values are understood;
 * empty lines are skipped; names are lower-cased. Missing values at a row's end are empty.
 * `row` counts data rows from 1. Throws `TableError` for a quoted field that never ends, and for what else the parser refuses.
 */
export function parseCsv(text: string): {
  columns: string[];
  rows: { row: number; values: Record<string, string> }[];
} {
  const firstLine = text.slice(0, text.search(/\r|\n|$/));
  const [header = [], ...lines] = splitFields(text, separatorOf(firstLine));
  const columns = header.map((name) => name.toLowerCase());
  const rows = lines.map((fields, index) => ({
    row: index + 1,
    values: Object.fromEntries(columns.map((name, column) => [name, fields[column] ?? ""])),
  }));
  return { columns, rows };
}

const separatorOf = (header: string) => (!header.includes(",") && header.includes(";") ? ";" : ",");

function splitFields(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED")
      throw new TableError({ code: "quote-not-closed" });
    throw new TableError({ code: "other", text: (error as Error).message });
  }
}
