/** How many slices need eyes: a flag and a number; a dash where none does. */
export function FlagCount({ flagged }: { flagged: number }) {
  if (flagged === 0) return <span className="text-muted">–</span>;
  return (
    <span className="whitespace-nowrap text-flag">
      <span aria-hidden="true">⚑</span> {flagged.toLocaleString("en")}
      <span className="sr-only"> flagged</span>
    </span>
  );
}
