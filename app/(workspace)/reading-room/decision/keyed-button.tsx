interface Props {
  title: string;
  /** More of what it does, below the title. */
  detail?: string;
  shortcut: string | null;
  disabled?: boolean;
  primary?: boolean;
  /** For a button that turns something on and off. */
  pressed?: boolean;
  onClick(): void;
}

/** A button that shows its key. */
export function KeyedButton({ title, detail, shortcut, disabled, primary, pressed, onClick }: Props) {
  const name = detail ? `${title}: ${detail}` : title;
  const look = primary
    ? "border-[#3f7a5a] bg-[#1d3a2b] text-[#c9f2d9] hover:border-ok"
    : "border-edge bg-panel2 hover:border-muted aria-pressed:border-ai aria-pressed:text-ai";
  return (
    <button
      type="button"
      // Disabled by word and not by attribute: the focus stays where it is while a save runs.
      aria-disabled={disabled}
      aria-pressed={pressed}
      aria-label={shortcut ? `${name} (${shortcut})` : name}
      aria-keyshortcuts={shortcut ?? undefined}
      className={`grid content-center rounded-md border px-2.5 py-1 text-left aria-disabled:cursor-default aria-disabled:opacity-60 ${look}`}
      onClick={() => !disabled && onClick()}
    >
      <span className="flex items-center justify-between gap-2">
        {title}
        {shortcut && <kbd className="whitespace-nowrap">{shortcut}</kbd>}
      </span>
      {detail && <span className="text-[11px] leading-tight opacity-75">{detail}</span>}
    </button>
  );
}
