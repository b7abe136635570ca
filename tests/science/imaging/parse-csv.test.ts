import { describe, expect, it } from "vitest";
import { parseCsv, TableError, tableLimits } from "@/lib/science/imaging/parse-csv";

const rowsOf = (text: string) => parseCsv(text).rows;

describe("a table of comma-separated values", () => {
  it("becomes one record per row, keyed by lower-case names", () => {
    expect(parseCsv("Patient,Mask\nA,1\nB,0\n")).toEqual({
      columns: ["patient", "mask"],
      rows: [
        { row: 1, values: { patient: "A", mask: "1" } },
        { row: 2, values: { patient: "B", mask: "0" } },
      ],
    });
  });

  it("may begin with a byte order mark, end its lines as Windows or old Macs do, and end without one", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(rowsOf(`\uFEFFa,b${end}1,2${end}3,4`), JSON.stringify(end)).toEqual([
        { row: 1, values: { a: "1", b: "2" } },
        { row: 2, values: { a: "3", b: "4" } },
      ]);
    }
  });

  it("may quote fields with separators, line breaks and doubled quotes", () => {
    expect(rowsOf('a,b\n"x, y","line 1\r\nline 2"\n "say ""no""" , z \n')).toEqual([
      { row: 1, values: { a: "x, y", b: "line 1\r\nline 2" } },
      { row: 2, values: { a: 'say "no"', b: "z" } },
    ]);
  });

  it("keeps a quote inside an unquoted field as it is", () => {
    expect(rowsOf('a,b\n5" lesion,x"y\n')).toEqual([{ row: 1, values: { a: '5" lesion', b: 'x"y' } }]);
  });

  it("may be separated by semicolons, where the header holds no comma", () => {
    expect(rowsOf("a;b\n1,5;2\n")).toEqual([{ row: 1, values: { a: "1,5", b: "2" } }]);
    expect(rowsOf("a,b;c\n1,2;3\n")).toEqual([{ row: 1, values: { a: "1", "b;c": "2;3" } }]);
  });

  it("has its empty lines skipped, its missing values empty and its surplus values left out", () => {
    expect(rowsOf("\n\na,b\n\n1\n , \n1,2,3\n")).toEqual([
      { row: 1, values: { a: "1", b: "" } },
      { row: 2, values: { a: "1", b: "2" } },
    ]);
  });

  it("that is empty has no columns and no rows", () => {
    expect(parseCsv("")).toEqual({ columns: [], rows: [] });
    expect(parseCsv("\uFEFF\n\n")).toEqual({ columns: [], rows: [] });
  });

  it("with a quoted field that never ends is refused", () => {
    expect(() => parseCsv('a,b\n"never')).toThrow(new TableError({ code: "quote-not-closed" }));
  });

  it("of 100,000 rows is read", () => {
    const text = `a,b\n${"1,2\n".repeat(100_000)}`;
    expect(rowsOf(text)).toHaveLength(100_000);
  });

  it("keeps the values of the wanted columns alone, and no row where none is wanted", () => {
    const text = "a,b,c\n1,2,3\n4,5,6\n";
    expect(parseCsv(text, () => ["c", "a"]).rows).toEqual([
      { row: 1, values: { a: "1", c: "3" } },
      { row: 2, values: { a: "4", c: "6" } },
    ]);
    expect(parseCsv(text, () => [])).toEqual({ columns: ["a", "b", "c"], rows: [] });
  });

  it("of more rows, columns or characters in a row than any data set needs is refused", () => {
    const refused = (text: string) => {
      try {
        return parseCsv(text).rows.length;
      } catch (error) {
        return (error as TableError).said;
      }
    };
    const { rows, columns, values, charactersOfRow } = tableLimits;
    const wide = `${"a,".repeat(columns - 1)}a\n`;
    expect(refused(`a\n${"1\n".repeat(rows)}`)).toBe(rows);
    expect(refused(`a\n${"1\n".repeat(rows + 1)}`)).toEqual({ code: "too-many-rows", limit: rows });
    expect(refused("a,".repeat(columns))).toEqual({ code: "too-many-columns", limit: columns });
    expect(refused(wide.repeat(values / columns + 1))).toBe(values / columns);
    expect(refused(wide.repeat(values / columns + 2))).toEqual({ code: "too-many-values", limit: values });
    expect(refused(`a\n${"1,".repeat(charactersOfRow)}`)).toEqual({
      code: "row-too-long",
      limit: charactersOfRow,
    });
  });
});
