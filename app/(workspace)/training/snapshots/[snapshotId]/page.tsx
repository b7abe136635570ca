import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { pageHref, readQuery } from "@/app/_server/query";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { Time } from "@/app/_ui/time";
import { findSnapshot } from "@/lib/features/snapshots/find-snapshot";
import { listSnapshotItems } from "@/lib/features/snapshots/list-snapshot-items";
import { ListSnapshotItems, SnapshotId } from "@/lib/features/snapshots/schema";
import { CohortBadge } from "../../../models/cohort-badge";
import { SplitTable } from "../../[runId]/split-table";
import { LabelShares } from "../../label-shares";
import { shortHash } from "../../words";
import { Items } from "./items";
import { MadeFromIt } from "./made-from-it";
import { Patients } from "./patients";
import { SnapshotFacts } from "./snapshot-facts";
import { VerifySnapshot } from "./verify-snapshot";

export const metadata: Metadata = { title: "Snapshot" };

interface Props {
  params: Promise<{ snapshotId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SnapshotPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const parsed = SnapshotId.safeParse(await params);
  if (!parsed.success) notFound();
  const { snapshotId } = parsed.data;
  const asked = await searchParams;
  const query = readQuery(ListSnapshotItems, { ...asked, snapshotId });
  const [snapshot, list] = await found(
    Promise.all([findSnapshot(actor, { snapshotId }), listSnapshotItems(actor, query)]),
  );
  return (
    <PageBody>
      <div className="flex flex-col gap-5">
        <LiveRefresh topics={["label", "model"]} pollMs={30_000} />
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div>
            <p className="text-sm text-muted">
              <Link href="/training" className="underline-offset-2 hover:underline">
                Training
              </Link>{" "}
              /
            </p>
            <h1 className="flex flex-wrap items-center gap-3 text-xl leading-tight font-semibold">
              Snapshot {shortHash(snapshot.hash)}
              <span className="text-base font-normal">
                <CohortBadge cohort={snapshot.cohort} />
              </span>
            </h1>
            <p className="text-base text-muted">
              Frozen <Time at={snapshot.createdAt} />: the label versions and the split that a run used. It
              never changes.
            </p>
          </div>
          <VerifySnapshot snapshotId={snapshot.id} />
        </header>
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <SnapshotFacts snapshot={snapshot} />
            <section aria-labelledby="labels" className="rounded-lg border border-line bg-panel p-4">
              <h2 id="labels" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
                Labels
              </h2>
              <LabelShares snapshotId={snapshot.id} labels={snapshot.labels} />
            </section>
            <Patients snapshot={snapshot} />
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            <MadeFromIt snapshot={snapshot} />
            <SplitTable split={snapshot.split} />
          </div>
        </div>
        <Items
          snapshot={snapshot}
          list={list}
          query={query}
          pageHref={(page) => pageHref(`/training/snapshots/${snapshot.id}`, asked, page)}
        />
      </div>
    </PageBody>
  );
}
