import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type BadgeTone = "neutral" | "ai" | "human" | "flag" | "ok" | "accent";

const tones: Record<BadgeTone, string> = {
  neutral: "border-line text-muted",
  ai: "border-dashed border-ai/60 text-ai",
  human: "border-human/60 text-human",
  flag: "border-flag/60 text-flag",
  ok: "border-ok/60 text-ok",
  accent: "border-accent/60 text-accent",
};

/** A state in a word; `mark` is a shape before it, so that colour never stands alone. */
export function Badge({
  tone = "neutral",
  mark,
  children,
}: {
  tone?: BadgeTone;
  mark?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 rounded-full align-middle border px-2 py-px text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {mark && <span aria-hidden="true">{mark}</span>}
      {children}
    </span>
  );
}
