import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A dense table with a sticky head. Give it a `<caption className="sr-only">` or an `aria-label`. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-panel">
      <table {...rest} className={classNames("w-full border-collapse text-left", className)} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead {...rest} className={classNames("bg-panel2 text-xs text-muted", className)} />;
}

/** A heading of a column; `numeric` ones stand over right-aligned figures. */
export function HeadCell({ className, numeric, ...rest }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        "border-b border-line px-3 py-(--cell-y) font-semibold whitespace-nowrap",
        numeric && "text-right",
        className,
      )}
    />
  );
}

/** The order that a table is in, and the address of another one. */
export interface TableOrder {
  order: string;
  href(order: string): string;
}

interface SortCellProps {
  /** The table's; null for a table that is not sorted by its reader. */
  sorted: TableOrder | null;
  /** The order that this column stands for. */
  by: string;
  /** Which values come first in it. */
  direction: "ascending" | "descending";
  children: ReactNode;
}

/** A heading that sorts the table by its column. An order has one direction. */
export function SortCell({ sorted, by, direction, children }: SortCellProps) {
  if (!sorted) return <HeadCell>{children}</HeadCell>;
  const isOn = sorted.order === by;
  const arrow = direction === "ascending" ? "↑" : "↓";
  return (
    <HeadCell aria-sort={isOn ? direction : undefined}>
      <Link
        href={sorted.href(by)}
        title={isOn ? undefined : "Sort by this column"}
        className="underline decoration-line underline-offset-2 hover:text-text hover:decoration-current"
      >
        {children}
      </Link>
      <span aria-hidden="true" className={isOn ? "text-text" : "invisible"}>
        {" "}
        {arrow}
      </span>
    </HeadCell>
  );
}

/** `relative`, so that a link inside can cover the whole row. */
export function Row({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={classNames(
        "relative border-b border-line last:border-b-0 hover:bg-panel2 has-[a:focus-visible]:bg-panel2",
        className,
      )}
    />
  );
}

export function Cell({ className, numeric, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={classNames(
        "px-3 py-(--cell-y) align-middle",
        numeric && "text-right whitespace-nowrap",
        className,
      )}
    />
  );
}

/** For the link that a row stands for: a click anywhere in the row follows it. */
export const rowLink =
  "font-semibold text-text after:absolute after:inset-0 hover:underline underline-offset-2";
