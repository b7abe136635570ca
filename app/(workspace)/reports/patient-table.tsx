import Link from "next/link";
import type { PatientRow } from "@/lib/features/reports/schema";

/** One row a test patient: single patients carry no interval, so the table gives counts, and the AUC and Dice behind them. */
export function PatientTable({ patients }: { patients: PatientRow[] }) {
  const columns = [
    "Slices",
    "With tumor",
    "True positives",
    "False negatives",
    "False positives",
    "True negatives",
    "AUC",
    "Dice",
  ];
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-left text-base tabular-nums">
        <caption className="pb-1 text-left">
          <span className="block text-base font-semibold text-text">Patient by patient</span>
          <span className="block text-sm text-muted">
            Counts of slices at the operating threshold; a single patient has no interval. AUC is undefined
            where a patient has slices of one class only, Dice where no mask was stated.
          </span>
        </caption>
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              Patient
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="py-1 pl-3 text-right font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {patients.map((row) => (
            <tr key={row.patientId} className="break-inside-avoid border-t border-line hover:bg-panel2">
              <th scope="row" className="py-1 pr-3 font-medium whitespace-nowrap">
                <Link
                  href={`/patients/${row.patientId}`}
                  className="text-accent underline-offset-2 hover:underline"
                >
                  {row.patientKey}
                </Link>
              </th>
              <Cell>{row.slices}</Cell>
              <Cell>{row.tumorSlices}</Cell>
              <Cell>{row.tp}</Cell>
              <Cell marked={row.fn > 0}>{row.fn}</Cell>
              <Cell marked={row.fp > 0}>{row.fp}</Cell>
              <Cell>{row.tn}</Cell>
              <Cell>{row.auc?.toFixed(3) ?? "–"}</Cell>
              <Cell>{row.dice?.toFixed(3) ?? "–"}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ children, marked = false }: { children: string | number; marked?: boolean }) {
  return <td className={`py-1 pl-3 text-right ${marked ? "font-semibold text-flag" : ""}`}>{children}</td>;
}
