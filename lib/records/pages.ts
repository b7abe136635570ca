import { z } from "zod";
import { invalid } from "@/lib/platform/errors";

/** Rows on a page of a list. */
export const pageSize = 50;

/**
 * One page of a list that is paged by key: a page begins behind the last row of the page before, so a page costs the
 * same wherever it is in the list, and rows that are added or removed meanwhile neither repeat nor skip others.
 */
export interface Page<Row> {
  rows: Row[];
  /** Cursor of the previous page; null on the first one. */
  previous: string | null;
  /** Cursor of the next page; null on the last one. */
  next: string | null;
}

/** A row's place in its list: the values that the list is ordered by, the last of which is unique. */
export type Key = readonly (string | number | null)[];

/** Where a page begins: behind a key, or before it when one goes back. A null key is the list's beginning. */
export interface Seek {
  key: Key | null;
  /** `before`: the rows are wanted in the reverse of the list's order. */
  direction: "after" | "before";
  /** How many rows to read. */
  take: number;
}

/** As it stands in an address. */
export const Cursor = z
  .string()
  .max(500)
  .regex(/^[ab][A-Za-z0-9_-]+$/, "is not a page of this list");

/**
 * Reads a page. `read` gives the rows behind (or before) a key, in the list's order (or its reverse); `keyOf` gives a
 * row's key. Throws `invalid` for a cursor that this product did not make.
 */
export async function readPage<Row>(
  cursor: string | undefined,
  read: (seek: Seek) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
): Promise<Page<Row>> {
  const { key, direction } = cursor === undefined ? begin : parseCursor(cursor);
  const read1 = await read({ key, direction, take: pageSize + 1 });
  const hasMore = read1.length > pageSize;
  const rows = read1.slice(0, pageSize);
  if (direction === "before") rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  const isFirst = direction === "after" ? key === null : !hasMore;
  const isLast = direction === "after" ? !hasMore : false;
  return {
    rows,
    previous: first && !isFirst ? writeCursor("before", keyOf(first)) : null,
    next: last && !isLast ? writeCursor("after", keyOf(last)) : null,
  };
}

const begin = { key: null, direction: "after" } as const;

function writeCursor(direction: Seek["direction"], key: Key): string {
  return direction[0] + Buffer.from(JSON.stringify(key)).toString("base64url");
}

const KeyValues = z.array(z.union([z.string(), z.number(), z.null()])).min(1);

function parseCursor(cursor: string): Pick<Seek, "key" | "direction"> {
  try {
    const key = KeyValues.parse(JSON.parse(Buffer.from(cursor.slice(1), "base64url").toString()));
    return { key, direction: cursor[0] === "a" ? "after" : "before" };
  } catch {
    throw invalid("page", { code: "no-such-page" });
  }
}

/**
 * A `where` for Prisma: the rows behind `key` in a list ordered by `fields`. A field is a path, e.g. `patient.key`; all
 * are in ascending order, or in descending order where `descending` is set.
 */
export function behind(
  fields: readonly string[],
  { key, direction }: Seek,
  { descending = false }: { descending?: boolean } = {},
): object {
  if (key === null) return {};
  if (key.length !== fields.length) throw invalid("page", { code: "no-such-page" });
  const operator = (direction === "after") === !descending ? "gt" : "lt";
  const at = (field: string, condition: object) =>
    field.split(".").reduceRight((inner: object, name) => ({ [name]: inner }), condition);
  // The first field's bound is implied by the rest; an index can use it.
  const bound = at(fields[0]!, { [`${operator}e`]: key[0] });
  const steps = fields.map((field, place) => ({
    AND: [
      ...fields.slice(0, place).map((before, index) => at(before, { equals: key[index] })),
      at(field, { [operator]: key[place] }),
    ],
  }));
  return { AND: [bound, { OR: steps }] };
}

/** `asc` or `desc` for a list in ascending order, or in descending order where `descending` is set. */
export function orderOf({ direction }: Seek, { descending = false }: { descending?: boolean } = {}) {
  return (direction === "after") === !descending ? ("asc" as const) : ("desc" as const);
}
