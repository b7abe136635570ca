import { classWord } from "@/app/_viewer/label/label-state";
import type { LabelView } from "@/lib/features/studies/schema";
import { useLabelHistory } from "./use-label-history";

interface Props {
  sliceId: string;
  /** The label version on the screen; 0 for none. */
  version: number;
}

/** Every version of this slice's label, newest first. */
export function LabelHistory({ sliceId, version }: Props) {
  const { labels, problem, retry } = useLabelHistory(sliceId, version);
  return (
    <section aria-labelledby="label-history">
      <h2
        id="label-history"
        className="mb-1.5 text-[11px] font-semibold tracking-[.08em] text-muted uppercase"
      >
        This slice’s label
      </h2>
      {problem && (
        <p>
          {problem}{" "}
          <button type="button" className="cursor-pointer underline" onClick={retry}>
            Try again
          </button>
        </p>
      )}
      {!problem && labels === null && <p className="text-muted">Loading…</p>}
      {labels?.length === 0 && <p className="text-muted">Nobody has labelled this slice.</p>}
      <ol aria-label="Label versions, newest first">
        {labels?.map((label) => (
          <li key={label.id} className="flex gap-2 border-b border-dashed border-line py-1 last:border-0">
            <SourceMark source={label.source} />
            <span>
              v{label.version} · {classWord(label.labelClass)}
              {label.areaPixels !== null && `, ${label.areaPixels.toLocaleString("en")} px`}
              <span className="text-muted">
                {" "}
                — {sourceWords(label)}, {label.createdAt.toISOString().slice(0, 10)}
              </span>
              {label.note && <q className="block text-muted">{label.note}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Solid for people, dashed for the model, open for what was imported. */
function SourceMark({ source }: { source: LabelView["source"] }) {
  const shape = {
    HUMAN: "border-2 border-human bg-human",
    MODEL: "border-2 border-dashed border-ai",
    IMPORTED: "border-2 border-human",
  }[source];
  return <span aria-hidden="true" className={`mt-[5px] size-2.5 shrink-0 rounded-full ${shape}`} />;
}

export function sourceWords({ source, authorName, modelNumber }: LabelView): string {
  if (source === "IMPORTED") return "imported";
  const author = authorName ?? "unknown";
  return source === "MODEL" ? `model ${modelNumber ?? "unknown"}, accepted by ${author}` : author;
}
