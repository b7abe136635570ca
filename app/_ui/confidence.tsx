import { confidenceWord, perCent } from "@/app/_ui/label-words";

/**
 * A confidence in words, per cent and a bar. The bar begins at one half: less happens only between one half and an
 * operating threshold that is not one half.
 */
export function Confidence({ value }: { value: number | null }) {
  if (value === null) return <span className="text-muted">no prediction</span>;
  const word = confidenceWord(value);
  const share = Math.min(1, Math.max(0, (value - 0.5) * 2));
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className="inline-block h-1.5 w-12 rounded-full bg-line">
        <span
          className={`block h-1.5 rounded-full ${word === "low" ? "bg-flag" : "bg-ai"}`}
          style={{ width: `${Math.max(4, share * 100)}%` }}
        />
      </span>
      <span>
        {perCent(value)} <span className={word === "low" ? "text-flag" : "text-muted"}>{word}</span>
      </span>
    </span>
  );
}
