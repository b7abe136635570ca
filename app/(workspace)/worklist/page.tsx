import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { orderHref, pageHref, readQuery } from "@/app/_server/query";
import { ButtonLink } from "@/app/_ui/button";
import { CohortField } from "@/app/_ui/cohort-field";
import { EmptyState } from "@/app/_ui/empty-state";
import { Field, SelectField } from "@/app/_ui/field";
import { FilterForm } from "@/app/_ui/filter-form";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Pagination } from "@/app/_ui/pagination";
import { StudyTable } from "@/app/_ui/study-table";
import { listStudies } from "@/lib/features/studies/list-studies";
import { ListStudies } from "@/lib/features/studies/schema";
import { may } from "@/lib/records/access";

export const metadata: Metadata = { title: "Worklist" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function WorklistPage({ searchParams }: Props) {
  const actor = await pageActor();
  const asked = await searchParams;
  const query = readQuery(ListStudies, asked);
  const { rows, total, previous, next, cohort } = await listStudies(actor, query);
  const everything = query.search === "" && query.filter === "all" && cohort === "ANY";
  return (
    <PageBody wide>
      <LiveRefresh topics={["import", "prediction", "production"]} pollMs={10_000} />
      <PageHeader
        title="Worklist"
        lead={`${total.toLocaleString("en")} ${total === 1 ? "study" : "studies"}${everything ? "" : " found"}`}
      >
        <NewestFirst isOn={query.order === "newest"} href={orderHref("/worklist", asked, "newest")} />
      </PageHeader>
      <FilterForm label="Studies">
        <Field
          label="Patient or study"
          name="search"
          type="search"
          defaultValue={query.search}
          placeholder="Part of a key"
          maxLength={100}
          className="w-64"
        />
        <SelectField
          label="Show"
          name="filter"
          defaultValue={query.filter}
          className="w-44"
          options={filters}
        />
        <CohortField cohort={cohort} />
        {/* The headings choose it: a filter keeps it. */}
        <input type="hidden" name="order" defaultValue={query.order === "patient" ? "" : query.order} />
      </FilterForm>
      {rows.length > 0 ? (
        <StudyTable
          rows={rows}
          caption="Studies"
          sorted={{ order: query.order, href: (order) => orderHref("/worklist", asked, order) }}
        />
      ) : everything ? (
        <NothingYet mayImport={may(actor, "import:write")} />
      ) : (
        <EmptyState title="No study fits">
          <p>
            Try another search or filter, or{" "}
            <Link href="/worklist" className="text-accent underline underline-offset-2">
              show all studies
            </Link>
            .
          </p>
        </EmptyState>
      )}
      <Pagination
        {...{ previous, next, total }}
        what="studies"
        href={(other) => pageHref("/worklist", asked, other)}
      />
    </PageBody>
  );
}

const filters = [
  { value: "all", label: "All studies" },
  { value: "flagged", label: "With flagged slices" },
  { value: "unlabelled", label: "With unlabelled slices" },
  { value: "corrected", label: "With reviewed slices" },
  { value: "testing", label: "Kept for testing" },
];

/** The order by import has no column of its own. */
function NewestFirst({ isOn, href }: { isOn: boolean; href: string }) {
  return (
    <Link
      href={href}
      aria-current={isOn || undefined}
      className="text-muted underline underline-offset-2 hover:text-text aria-[current]:text-text aria-[current]:no-underline"
    >
      Newest imports first{isOn && " ↓"}
    </Link>
  );
}

function NothingYet({ mayImport }: { mayImport: boolean }) {
  return (
    <EmptyState title="There are no studies yet">
      {mayImport ? (
        <>
          <p>
            Import an archive of slices (TIFF, PNG or JPEG, with masks and tables where you have them). You
            see what it holds before anything is stored.
          </p>
          <p className="mt-4">
            <ButtonLink tone="primary" href="/imports">
              Import studies
            </ButtonLink>
          </p>
        </>
      ) : (
        <p>An admin imports them; they appear here automatically.</p>
      )}
    </EmptyState>
  );
}
