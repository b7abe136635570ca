import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

type Tone = "plain" | "primary" | "danger" | "quiet";

const tones: Record<Tone, string> = {
  plain: "border-edge bg-panel2 text-text enabled:hover:bg-line",
  primary: "border-[#3f7a5a] bg-[#1d3a2b] text-[#c9f2d9] enabled:hover:bg-[#265039]",
  danger: "border-[#8c4741] bg-[#3a1d1d] text-[#ffc9c4] enabled:hover:bg-[#4d2626]",
  quiet: "border-transparent bg-transparent text-muted enabled:hover:text-text enabled:hover:bg-panel2",
};

const shape =
  "inline-flex items-center justify-center gap-1.5 rounded-md border px-2.5 py-1 font-medium whitespace-nowrap";

/** `busy` keeps the button focusable and says that its work is under way. */
export function Button({
  tone = "plain",
  busy = false,
  className,
  onClick,
  children,
  ...rest
}: ComponentProps<"button"> & { tone?: Tone; busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classNames(
        shape,
        tones[tone],
        "disabled:border-line disabled:text-muted disabled:opacity-70 aria-busy:cursor-progress aria-busy:opacity-70",
        className,
      )}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  tone = "plain",
  className,
  ...rest
}: ComponentProps<typeof Link> & { tone?: Tone }) {
  return <Link {...rest} className={classNames(shape, tones[tone].replaceAll("enabled:", ""), className)} />;
}
