import type { ReactNode } from "react";

const looks = {
  done: { mark: "✓", className: "border-ok/50 text-ok" },
  failed: { mark: "⚠", className: "border-flag/50 text-flag" },
  note: { mark: "ℹ", className: "border-accent/50 text-accent" },
} as const;

/** What came of an action, said in place and read out by screen readers. */
export function OutcomeLine({ kind, children }: { kind: keyof typeof looks; children: ReactNode }) {
  const { mark, className } = looks[kind];
  return (
    <div
      role={kind === "failed" ? "alert" : "status"}
      className={`flex gap-2 rounded-md border bg-panel px-3 py-1.5 ${className}`}
    >
      <span aria-hidden="true">{mark}</span>
      <div className="min-w-0 text-text wrap-anywhere">{children}</div>
    </div>
  );
}
