import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { readQuery } from "@/app/_server/query";
import { EmptyState } from "@/app/_ui/empty-state";
import { MarkdownText } from "@/app/_ui/markdown";
import { OutcomeLine } from "@/app/_ui/outcome";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Time } from "@/app/_ui/time";
import { findProtocol } from "@/lib/features/protocol/find-protocol";
import { listProtocolVersions } from "@/lib/features/protocol/list-protocol-versions";
import { FindProtocol, type ProtocolView } from "@/lib/features/protocol/schema";
import { may } from "@/lib/records/access";
import { EditProtocol } from "./edit-protocol";
import { VersionList } from "./version-list";

export const metadata: Metadata = { title: "Protocol" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProtocolPage({ searchParams }: Props) {
  const actor = await pageActor();
  const asked = readQuery(FindProtocol, await searchParams);
  const versions = await listProtocolVersions(actor);
  const protocol = await found(findProtocol(actor, asked));
  const newest = versions[0]?.version ?? 0;
  const isNewest = (protocol?.version ?? 0) === newest;
  return (
    <PageBody>
      <PageHeader
        title="Annotation protocol"
        lead={protocol ? <SavedWhen protocol={protocol} /> : "The group’s own rules for labels and masks"}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="min-w-0 space-y-4">
          {!isNewest && (
            <OutcomeLine kind="note">
              This is an earlier version.{" "}
              <Link href="/protocol" className="text-accent underline">
                Read the current one
              </Link>
              .
            </OutcomeLine>
          )}
          {protocol && (
            <article className="max-w-[80ch] rounded-lg border border-line bg-panel p-4 text-base">
              <MarkdownText text={protocol.text} />
            </article>
          )}
          {isNewest && may(actor, "protocol:write") ? (
            // A new version begins a new text: what another admin saved is what is edited next.
            <EditProtocol key={newest} text={protocol?.text ?? ""} basedOn={newest}>
              {!protocol && <NoProtocol />}
            </EditProtocol>
          ) : (
            !protocol && <NoProtocol />
          )}
        </div>
        <VersionList versions={versions} shown={protocol?.version ?? null} />
      </div>
    </PageBody>
  );
}

function NoProtocol() {
  return (
    <EmptyState title="No protocol is written yet">
      <p>An administrator writes it here; readers find it beside the pictures.</p>
    </EmptyState>
  );
}

function SavedWhen({ protocol: { version, author, createdAt } }: { protocol: ProtocolView }) {
  return (
    <>
      Version {version}, saved by {author ?? "the system"}, <Time at={createdAt} />
    </>
  );
}
