import type { z } from "zod";
import type { CohortFilter } from "@/lib/records/cohort-filter";
import { SelectField } from "./field";

/** Which patients a list shows. `cohort` is what the list shows, also where the address says nothing of it. */
export function CohortField({ cohort }: { cohort: NonNullable<z.infer<typeof CohortFilter>> }) {
  return (
    <SelectField
      label="Cohort"
      name="cohort"
      defaultValue={cohort}
      className="w-36"
      options={cohorts}
      // An address without a cohort shows real patients once there are any: "All" has to stand in it.
      data-unasked={cohort}
    />
  );
}

const cohorts = [
  { value: "ANY", label: "All" },
  { value: "REAL", label: "Real patients" },
  { value: "PHANTOM", label: "Phantoms" },
];
