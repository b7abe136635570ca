import { database } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import type { Cohort } from "@/lib/platform/generated/enums";
import { type Actor, may, requirePermission } from "@/lib/records/access";
import { patientScope } from "@/lib/records/patient-scope";
import { percentile } from "@/lib/science/metrics/bootstrap";

/** A reader's times are computed from this many of their newest measured labels. */
export const newestLabels = 1_000;

/** How long slices were on the screen before people labelled them, in milliseconds. */
export interface ReadingTime {
  /** Labels whose reading was measured and that the figures are computed from. */
  labels: number;
  medianMs: number;
  p90Ms: number;
}

export interface ReadingTimes {
  /** Null where no reading was measured. */
  all: ReadingTime | null;
  /** Most labels first. A person who does not manage users sees only their own. */
  byReader: (ReadingTime & { readerId: string; readerName: string })[];
}

/**
 * Reading times of people's labels on slices of one cohort, from each reader's newest 1,000 measured labels. A label
 * that restored an earlier version counts as any other. Throws `forbidden` without `model:read`.
 */
export async function readingTimes(actor: Actor, { cohort }: { cohort: Cohort }): Promise<ReadingTimes> {
  requirePermission(actor, "model:read");
  const labels = await database().$queryRaw<{ readerId: string; readerName: string; readingMs: number }[]>`
    SELECT u."id" AS "readerId", u."name" AS "readerName", l."readingMs"
    FROM "User" u
    CROSS JOIN LATERAL (
      SELECT l."readingMs" FROM "Label" l
      JOIN "Slice" s ON s."id" = l."sliceId"
      JOIN "Study" t ON t."id" = s."studyId"
      WHERE l."authorId" = u."id" AND l."readingMs" IS NOT NULL
        AND t."cohort" = ${cohort}::"Cohort" AND ${patientScope(actor, Prisma.sql`t."patientId"`)}
      ORDER BY l."createdAt" DESC LIMIT ${newestLabels}
    ) l`;
  const byReader = new Map<string, { readerName: string; times: number[] }>();
  for (const { readerId, readerName, readingMs } of labels) {
    const reader = byReader.get(readerId) ?? { readerName, times: [] };
    reader.times.push(readingMs);
    byReader.set(readerId, reader);
  }
  return {
    all: labels.length > 0 ? summarise(labels.map(({ readingMs }) => readingMs)) : null,
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
