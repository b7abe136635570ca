import Link from "next/link";

/** Links to the pages before and after; `href` gives a page's address. */
export function Pagination({
  page,
  pages,
  total,
  what,
  href,
}: {
  page: number;
  pages: number;
  total: number;
  /** Plural, e.g. `studies`. */
  what: string;
  href: (page: number) => string;
}) {
  if (pages <= 1) return null;
  const link = "rounded border border-line px-2 py-0.5 text-text hover:bg-panel2";
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center gap-3 text-muted">
      {page > 1 && (
        <Link className={link} href={href(page - 1)} rel="prev">
          Previous page
        </Link>
      )}
      <span>
        Page {page} of {pages} · {total.toLocaleString("en")} {what}
      </span>
      {page < pages && (
        <Link className={link} href={href(page + 1)} rel="next">
          Next page
        </Link>
      )}
    </nav>
  );
}
