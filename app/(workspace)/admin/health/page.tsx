import path from "node:path";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { EmptyState } from "@/app/_ui/empty-state";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Time } from "@/app/_ui/time";
import { type Health, readHealth } from "@/lib/features/system/read-health";
import { may } from "@/lib/records/access";
import { ExamineAgain } from "./examine-again";
import { FindingTable } from "./finding-table";

export const metadata: Metadata = { title: "System health" };

export default async function HealthPage() {
  const actor = await pageActor();
  if (!may(actor, "system:read")) notFound();
  const { findings, machines } = await readHealth(actor, path.join(process.cwd(), "prisma/migrations"));
  return (
    <PageBody>
      <LiveRefresh topics={["worker"]} pollMs={3_000} />
      <PageHeader
        title="System health"
        lead={lead([...findings, ...machines.flatMap((each) => each.findings)])}
      >
        <ExamineAgain />
      </PageHeader>
      <section aria-label="Installation">
        <FindingTable caption="Installation" findings={findings} />
      </section>
      {machines.map((machine) => (
        <Machine key={machine.workerId} machine={machine} />
      ))}
    </PageBody>
  );
}

function Machine({
  machine: { workerId, host, pid, examinedAt, findings },
}: {
  machine: Health["machines"][number];
}) {
  return (
    <section aria-labelledby={workerId} className="mt-5">
      <h2 id={workerId} className="mb-2 text-lg font-semibold">
        Worker {pid} on {host}
        {examinedAt && (
          <span className="ml-2 text-sm font-normal text-muted">
            checked <Time at={examinedAt} />
          </span>
        )}
      </h2>
      {examinedAt ? (
        <FindingTable caption={`Worker ${pid} on ${host}`} findings={findings} />
      ) : (
        <EmptyState title="This worker has not checked its machine yet" level={2}>
          <p>It does so half a minute after its start.</p>
        </EmptyState>
      )}
    </section>
  );
}

function lead(findings: Health["findings"]): string {
  const errors = findings.filter(({ state }) => state === "broken").length;
  const warnings = findings.filter(({ state }) => state === "look").length;
  if (errors === 0 && warnings === 0) return "Everything that was checked is good.";
  const counted = (n: number, what: string) => (n === 0 ? [] : [`${n} ${what}${n === 1 ? "" : "s"}`]);
  return `${[...counted(errors, "error"), ...counted(warnings, "warning")].join(", ")}.`;
}
