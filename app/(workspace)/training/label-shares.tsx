import Link from "next/link";
import type { LabelShare } from "@/lib/features/snapshots/schema";
import { count } from "./words";

/** Who stated a snapshot's labels; each row leads to these labels, one by one. */
export function LabelShares({ snapshotId, labels }: { snapshotId: string; labels: readonly LabelShare[] }) {
  const total = labels.reduce((sum, share) => sum + share.labels, 0);
  return (
    <table className="w-full border-collapse text-left text-base tabular-nums">
      <caption className="sr-only">Labels by who stated them</caption>
      <thead className="text-sm text-muted">
        <tr>
          <th scope="col" className="pb-1 font-medium">
            Stated by
          </th>
          <th scope="col" className="pb-1 pl-4 text-right font-medium">
            Labels
          </th>
        </tr>
      </thead>
      <tbody>
        {labels.map((share) => (
          <tr key={`${share.source} ${share.readerId}`} className="border-t border-line">
            <th scope="row" className="py-1 font-normal">
              <Link
                href={`/training/snapshots/${snapshotId}?${queryOf(share)}#items`}
                className="text-accent underline-offset-2 hover:underline"
              >
                {words(share)}
              </Link>
            </th>
            <td className="py-1 pl-4 text-right whitespace-nowrap">
              {count(share.labels)}
              <span className="text-muted"> · {percent(share.labels, total)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function words({ source, readerName }: LabelShare): string {
  if (source === "IMPORTED") return "an import";
  const reader = readerName ?? "unknown";
  return source === "MODEL" ? `${reader}, using the model’s label` : reader;
}

function queryOf({ source, readerId }: LabelShare): string {
  return new URLSearchParams({ source, ...(readerId ? { readerId } : {}) }).toString();
}

function percent(part: number, total: number): string {
  const share = (100 * part) / total;
  return share > 0 && share < 1 ? "< 1 %" : `${Math.round(share)} %`;
}
