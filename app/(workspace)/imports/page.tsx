import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { readQuery } from "@/app/_server/query";
import { SelectField } from "@/app/_ui/field";
import { FilterForm } from "@/app/_ui/filter-form";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { OutcomeLine } from "@/app/_ui/outcome";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { listImports } from "@/lib/features/imports/list-imports";
import { ShownImports } from "@/lib/features/imports/schema";
import { previewDemo } from "@/lib/features/system/remove-demo";
import { may } from "@/lib/records/access";
import { ImportsTable } from "./imports-table";
import { RemoveDemo } from "./remove-demo";
import { UploadArea } from "./upload-area";

export const metadata: Metadata = { title: "Imports" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const shown = [
  { value: "all", label: "All imports" },
  { value: "failed", label: "Failed" },
];

/** Imported data sets and their status. */
export default async function ImportsPage({ searchParams }: Props) {
  const actor = await pageActor();
  const query = readQuery(ShownImports, await searchParams);
  const [imports, demo] = await Promise.all([
    listImports(actor, query),
    may(actor, "demo:remove") ? previewDemo(actor) : null,
  ]);
  return (
    <PageBody wide>
      <PageHeader title="Imports" lead="Imported data sets and their status.">
        {demo && demo.patients > 0 && <RemoveDemo contents={demo} />}
      </PageHeader>
      {may(actor, "import:write") ? (
        <UploadArea />
      ) : (
        <OutcomeLine kind="note">Admins import data sets. You can see their status.</OutcomeLine>
      )}
      <div className="mt-4">
        <FilterForm label="Imports">
          <SelectField label="Show" name="show" defaultValue={query.show} className="w-44" options={shown} />
        </FilterForm>
        <ImportsTable imports={imports} mayAct={may(actor, "job:cancel")} />
      </div>
      <LiveRefresh topics={["import"]} />
    </PageBody>
  );
}
