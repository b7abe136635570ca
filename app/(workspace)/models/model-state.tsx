import type { ModelRow } from "@/lib/features/models/schema";

const looks: Record<ModelRow["state"], { shape: string; word: string; className: string }> = {
  PRODUCTION: { shape: "●", word: "in production", className: "text-ok" },
  CANDIDATE: { shape: "○", word: "candidate", className: "text-accent" },
  RETIRED: { shape: "◐", word: "retired", className: "text-muted" },
  REJECTED: { shape: "✕", word: "rejected", className: "text-flag" },
};

/** State by shape and word; colour only repeats it. */
export function ModelState({ state }: { state: ModelRow["state"] }) {
  const { shape, word, className } = looks[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${className}`}>
      <span aria-hidden="true">{shape}</span>
      {word}
    </span>
  );
}
