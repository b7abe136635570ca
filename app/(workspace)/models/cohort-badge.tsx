import type { ModelRow } from "@/lib/features/models/schema";

/** Whether something was made on real patients or on phantoms. Phantoms always stand out: they prove nothing of patients. */
export function CohortBadge({ cohort }: { cohort: ModelRow["cohort"] }) {
  if (cohort === "REAL") return <span className="whitespace-nowrap text-muted">real patients</span>;
  return (
    <span className="inline-flex items-center gap-1.5 rounded border border-dashed border-human px-1.5 text-sm whitespace-nowrap text-human">
      <span aria-hidden="true">◇</span>
      made on phantoms: demo only
    </span>
  );
}
