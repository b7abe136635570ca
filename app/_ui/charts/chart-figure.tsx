import type { ReactNode } from "react";

/**
 * The frame of every chart: a heading, one sentence that says what the picture shows (also the picture's accessible
 * description), the picture, and the same numbers as a table behind a disclosure.
 */
export function ChartFigure({
  title,
  description,
  table,
  children,
}: {
  title: string;
  description: ReactNode;
  /** Column names and rows of what is drawn. */
  table: { columns: string[]; rows: (string | number)[][] };
  children: ReactNode;
}) {
  return (
    <figure className="flex min-w-0 break-inside-avoid flex-col gap-2">
      <figcaption>
        <h3 className="text-base font-semibold text-text">{title}</h3>
        <p className="text-sm text-muted">{description}</p>
      </figcaption>
      {children}
      <details className="text-sm text-muted print:hidden">
        <summary className="w-fit cursor-pointer rounded hover:text-text">{title} as a table</summary>
        <div className="mt-2 max-h-64 overflow-auto rounded border border-line">
          <table className="w-full border-collapse text-left tabular-nums">
            <caption className="sr-only">{title}</caption>
            <thead className="sticky top-0 bg-panel2">
              <tr>
                {table.columns.map((column) => (
                  <th key={column} scope="col" className="px-2 py-1 font-medium">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.join()} className="border-t border-line">
                  {row.map((cell, index) => (
                    <td key={table.columns[index]} className="px-2 py-0.5">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
