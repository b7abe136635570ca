/**
 * A table of comma- or semicolon-separated values (RFC 4180) as one record per row, keyed by the header's names.
 *
 * A byte order mark, CRLF, quoted fields with commas, quotes and line breaks, and spaces around values are understood;
 * empty lines are skipped; names are lower-cased. Missing values at a row's end are empty.
 * `row` counts data rows from 1. Throws `SyntaxError` for a quoted field that never ends.
 */
export function parseCsv(text: string): {
  columns: string[];
  rows: { row: number; values: Record<string, string> }[];
} {
  const plain = text.replace(/^\uFEFF/, "");
  const firstLine = plain.slice(0, plain.search(/\r|\n|$/));
  const separator = !firstLine.includes(",") && firstLine.includes(";") ? ";" : ",";
  const [header = [], ...lines] = splitFields(plain, separator).filter((fields) =>
    fields.some((field) => field !== ""),
  );
  const columns = header.map((name) => name.toLowerCase());
  const rows = lines.map((fields, index) => ({
    row: index + 1,
    values: Object.fromEntries(columns.map((name, column) => [name, fields[column] ?? ""])),
  }));
  return { columns, rows };
}

function splitFields(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  const endField = () => {
    fields.push(field.trim());
    field = "";
  };
  const endLine = () => {
    endField();
    lines.push(fields);
    fields = [];
  };

  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[at++];
      else quoted = false;
    } else if (character === '"' && field.trim() === "") {
      field = "";
      quoted = true;
    } else if (character === separator) endField();
    else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at++;
      endLine();
    } else field += character;
  }
  if (quoted) throw new SyntaxError("a quoted field never ends");
  if (field !== "" || fields.length > 0) endLine();
  return lines;
}
