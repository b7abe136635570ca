import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { OutcomeLine } from "@/app/_ui/outcome";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { listImports } from "@/lib/features/imports/list-imports";
import { may } from "@/lib/records/access";
import { ImportsTable } from "./imports-table";
import { UploadArea } from "./upload-area";

export const metadata: Metadata = { title: "Imports" };

/** Data sets on their way into the database. */
export default async function ImportsPage() {
  const actor = await pageActor();
  const imports = await listImports(actor);
  return (
    <PageBody>
      <PageHeader title="Imports" lead="Data sets on their way into the database, and what came of them." />
      {may(actor, "import:write") ? (
        <UploadArea />
      ) : (
        <OutcomeLine kind="note">Admins import data sets; you can see what came of them.</OutcomeLine>
      )}
      <div className="mt-4">
        <ImportsTable imports={imports} />
      </div>
      <LiveRefresh topics={["import"]} />
    </PageBody>
  );
}
