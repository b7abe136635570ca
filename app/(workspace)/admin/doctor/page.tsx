import path from "node:path";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { EmptyState } from "@/app/_ui/empty-state";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Time } from "@/app/_ui/time";
import { type Diagnosis, readDoctor } from "@/lib/features/system/read-doctor";
import { may } from "@/lib/records/access";
import { ExamineAgain } from "./examine-again";
import { FindingTable } from "./finding-table";

export const metadata: Metadata = { title: "Doctor" };

export default async function DoctorPage() {
  const actor = await pageActor();
  if (!may(actor, "system:read")) notFound();
  const { findings, machines } = await readDoctor(actor, path.join(process.cwd(), "prisma/migrations"));
  return (
    <PageBody>
      <LiveRefresh topics={["worker"]} pollMs={30_000} />
      <PageHeader title="Doctor" lead={lead([...findings, ...machines.flatMap((each) => each.findings)])}>
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
  machine: Diagnosis["machines"][number];
}) {
  return (
    <section aria-labelledby={workerId} className="mt-5">
      <h2 id={workerId} className="mb-2 text-lg font-semibold">
        Worker {pid} on {host}
        {examinedAt && (
          <span className="ml-2 text-sm font-normal text-muted">
            examined <Time at={examinedAt} />
          </span>
        )}
      </h2>
      {examinedAt ? (
        <FindingTable caption={`Worker ${pid} on ${host}`} findings={findings} />
      ) : (
        <EmptyState title="This worker has not examined its machine yet" level={2}>
          <p>It does so half a minute after its start.</p>
        </EmptyState>
      )}
    </section>
  );
}

function lead(findings: Diagnosis["findings"]): string {
  const broken = findings.filter(({ state }) => state === "broken").length;
  const look = findings.filter(({ state }) => state === "look").length;
  if (broken === 0 && look === 0) return "Everything that was examined is good.";
  const things = (n: number) => (n === 1 ? "1 thing is" : `${n} things are`);
  const parts = [
    broken > 0 ? `${things(broken)} broken` : "",
    look > 0 ? `${things(look)} worth a look` : "",
  ].filter(Boolean);
  return `${parts.join("; ")}.`;
}
