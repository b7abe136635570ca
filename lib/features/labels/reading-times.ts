import { database } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { percentile } from "@/lib/science/metrics/bootstrap";
import { type Actor, may, requirePermission, slicesReadableBy } from "../users/access";

/** How long slices were on the screen before people labelled them, in milliseconds. */
export interface ReadingTime {
  /** Labels whose reading was measured. */
  labels: number;
  medianMs: number;
  p90Ms: number;
}

export interface ReadingTimes {
  /** Null where no reading was measured. */
  all: ReadingTime | null;
  /** Most labels first. Who does not manage users sees their own alone. */
  byReader: (ReadingTime & { readerId: string; readerName: string })[];
}

/**
 * Reading times of people's labels on slices of one cohort. A label that brought an earlier version back counts as
 * any other. Throws `forbidden` without `model:read`.
 */
export async function readingTimes(actor: Actor, { cohort }: { cohort: Cohort }): Promise<ReadingTimes> {
  requirePermission(actor, "model:read");
  const labels = await database().label.findMany({
    where: {
      authorId: { not: null },
      readingMs: { not: null },
      slice: { AND: [slicesReadableBy(actor), { study: { patient: { cohort } } }] },
    },
    select: { authorId: true, readingMs: true, author: { select: { name: true } } },
  });
  const byReader = new Map<string, { readerName: string; times: number[] }>();
  for (const { authorId, readingMs, author } of labels) {
    const reader = byReader.get(authorId!) ?? { readerName: author!.name, times: [] };
    reader.times.push(readingMs!);
    byReader.set(authorId!, reader);
  }
  return {
    all: labels.length > 0 ? summarise(labels.map(({ readingMs }) => readingMs!)) : null,
    byReader: [...byReader]
      .filter(([readerId]) => readerId === actor.id || may(actor, "user:manage"))
      .map(([readerId, { readerName, times }]) => ({ readerId, readerName, ...summarise(times) }))
      .sort((a, b) => b.labels - a.labels || a.readerName.localeCompare(b.readerName)),
  };
}

function summarise(times: number[]): ReadingTime {
  const sorted = [...times].sort((a, b) => a - b);
  return { labels: sorted.length, medianMs: percentile(sorted, 0.5), p90Ms: percentile(sorted, 0.9) };
}
