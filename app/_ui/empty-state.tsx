import type { ReactNode } from "react";

/** Says that there is nothing, why, and what to do about it. */
export function EmptyState({
  title,
  level = 2,
  children,
}: {
  title: string;
  level?: 1 | 2;
  children?: ReactNode;
}) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="rounded-lg border border-dashed border-line px-6 py-10 text-center">
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children && <div className="mx-auto mt-1.5 max-w-prose text-muted">{children}</div>}
    </div>
  );
}
