import type { ComponentProps } from "react";
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
