import { Badge } from "@/app/_ui/badge";
import type { ModelRow } from "@/lib/features/models/schema";

/**
 * Whether something was made on real patients or on phantoms. Phantoms always stand out: they prove nothing of patients.
 */
export function CohortBadge({ cohort }: { cohort: ModelRow["cohort"] }) {
  if (cohort === "REAL") return <span className="whitespace-nowrap text-muted">real patients</span>;
  return (
    <Badge tone="human" mark="◇">
      trained on phantoms: demo only
    </Badge>
  );
}
