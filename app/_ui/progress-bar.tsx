/** How far something is; `total` 0 means unknown. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const known = total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={known ? total : undefined}
      aria-valuenow={known ? Math.min(done, total) : undefined}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <div
        className={
          known
            ? "h-full rounded-full bg-accent transition-[width] duration-300"
            : "h-full w-1/4 animate-pulse rounded-full bg-accent"
        }
        style={known ? { width: `${share * 100}%` } : undefined}
      />
    </div>
  );
}
