import type { ListedModel } from "@/lib/features/models/schema";

type Outcome = NonNullable<ListedModel["gate"]>;

const looks: Record<Outcome, { mark: string; word: string; className: string }> = {
  passed: { mark: "✓", word: "passed", className: "text-ok" },
  failed: { mark: "✕", word: "failed", className: "text-flag" },
  undecided: { mark: "?", word: "cannot be decided", className: "text-human" },
  "no-production": { mark: "–", word: "nothing to compare with", className: "text-muted" },
  "not-compared": { mark: "◌", word: "to be compared", className: "text-muted" },
};

/** What the gate says, by mark and word; colour only repeats it. */
export function GateOutcome({ outcome, before = "" }: { outcome: Outcome; before?: string }) {
  const { mark, word, className } = looks[outcome];
  return (
    <span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap ${className}`}>
      <span aria-hidden="true">{mark}</span>
      {before}
      {word}
    </span>
  );
}
