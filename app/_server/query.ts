import type { z } from "zod";

type SearchParams = Record<string, string | string[] | undefined>;

/**
 * A page's query as its schema knows it. What is unknown or malformed falls away, one field at a time: an old or
 * mistyped address still shows the page.
 */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  searchParams: SearchParams,
): z.output<Schema> {
  const known = Object.fromEntries(
    Object.entries(searchParams).filter(([, value]) => typeof value === "string" && value !== ""),
  );
  for (;;) {
    const parsed = schema.safeParse(known);
    if (parsed.success) return parsed.data;
    const bad = parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0])],
    );
    if (!bad.some((name) => name in known)) throw parsed.error;
    for (const name of bad) delete known[name];
  }
}

/** The query again with another page. */
export function pageHref(pathname: string, searchParams: SearchParams, cursor: string): string {
  return withoutPage(pathname, searchParams, "page", cursor);
}

/** The query again in another order, from its first page. */
export function orderHref(pathname: string, searchParams: SearchParams, order: string): string {
  return withoutPage(pathname, searchParams, "order", order);
}

function withoutPage(pathname: string, searchParams: SearchParams, set: string, to: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    if (typeof value === "string" && value !== "" && name !== "page") query.set(name, value);
  }
  query.set(set, to);
  return `${pathname}?${query}`;
}
