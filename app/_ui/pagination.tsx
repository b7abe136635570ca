import Link from "next/link";

/** Links to the previous and the next page; `href` gives the address that a cursor stands in. */
export function Pagination({
  previous,
  next,
  total,
  what,
  href,
}: {
  previous: string | null;
  next: string | null;
  total: number;
  /** Plural, e.g. `studies`. */
  what: string;
  href: (cursor: string) => string;
}) {
  if (!previous && !next) return null;
  const link = "rounded border border-line px-2 py-0.5 text-text hover:bg-panel2";
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center gap-3 text-muted">
      {previous && (
        <Link className={link} href={href(previous)} rel="prev">
          Previous page
        </Link>
      )}
      <span>
        {total.toLocaleString("en")} {what}
      </span>
      {next && (
        <Link className={link} href={href(next)} rel="next">
          Next page
        </Link>
      )}
    </nav>
  );
}
