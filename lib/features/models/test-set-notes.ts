import canonicalize from "canonicalize";
import { database } from "@/lib/platform/database";
import { Metrics } from "@/lib/records/json-columns";
import { RunNotes } from "@/lib/records/run-notes";
import { onPerfectFigures } from "@/lib/science/metrics/on-perfect-figures";
import { whatCanBeClaimed } from "@/lib/science/metrics/what-can-be-claimed";
import type { TestSetNote } from "./schema";

/**
 * What an evaluation's figures can and cannot show: what the split of the model's own run says, where the figures are on
 * that, what the number and kind of test patients allow, and that an interval without width is not certainty.
 */
export async function testSetNotes(evaluation: {
  id: string;
  modelId: string;
  snapshotId: string | null;
  patients: number;
  metrics: unknown;
}): Promise<TestSetNote[]> {
  const [model, rows] = await Promise.all([
    database().model.findUniqueOrThrow({
      where: { id: evaluation.modelId },
      select: { run: { select: { snapshotId: true, notes: true } } },
    }),
    database().evaluationPatient.findMany({
      where: { evaluationId: evaluation.id },
      select: { slices: true, tumorSlices: true, patient: { select: { site: true } } },
    }),
  ]);
  const tested = rows.map(({ slices, tumorSlices, patient }) => ({
    site: patient.site,
    tumorShare: tumorSlices / slices,
  }));
  const onSplit =
    model.run && model.run.snapshotId === evaluation.snapshotId ? RunNotes.parse(model.run.notes) : [];
  const notes: TestSetNote[] = [
    ...onSplit,
    ...whatCanBeClaimed(evaluation.patients, tested.length > 0 ? tested : null),
    ...onPerfectFigures(Metrics.parse(evaluation.metrics)),
  ];
  // The split says some of it already.
  return [...new Map(notes.map((note) => [canonicalize(note), note])).values()];
}
