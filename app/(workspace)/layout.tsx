import Link from "next/link";
import type { ReactNode } from "react";
import { QueryProvider } from "@/app/_client/query-provider";
import { pageActor } from "@/app/_server/actor";
import { countUnseenFailures } from "@/lib/features/jobs/count-unseen-failures";
import { findProduction } from "@/lib/features/models/find-production";
import { type Actor, may } from "@/lib/records/access";
import packageJson from "@/package.json";
import { HelpLink } from "./help-link";
import { NavigationLink } from "./navigation-link";
import { UnsavedDrawings } from "./unsaved-drawings";
import { UserMenu } from "./user-menu";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const actor = await pageActor();
  const unseen = await countUnseenFailures(actor);
  const failed = unseen > 0 ? `${unseen} failed, not seen` : null;
  return (
    <QueryProvider>
      <div className="grid h-dvh grid-rows-[44px_minmax(0,1fr)_22px]">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:top-1.5 focus:left-2 focus:z-50 focus:rounded focus:bg-panel2 focus:px-3 focus:py-1"
        >
          Skip to the content
        </a>
        <header className="flex items-center gap-4 border-b border-line bg-panel px-3.5">
          <Link href="/worklist" className="font-bold tracking-[.04em]">
            SULCUS
          </Link>
          <nav aria-label="Main" className="flex min-w-0 gap-0.5 self-stretch">
            {destinations(actor).map(({ href, name }) => (
              <NavigationLink key={href} href={href} alert={href === "/admin/jobs" ? failed : null}>
                {name}
              </NavigationLink>
            ))}
          </nav>
          <span className="flex-1" />
          {may(actor, "label:write") && <UnsavedDrawings />}
          <ProductionModel actor={actor} />
          <HelpLink />
          <UserMenu
            name={actor.name}
            email={actor.email}
            role={roleWords[actor.role]}
            mayLabel={may(actor, "label:write")}
            maySet={may(actor, "settings:write")}
            version={packageJson.version}
          />
        </header>
        <main id="content" tabIndex={-1} className="min-h-0 overflow-y-auto focus:outline-none">
          {children}
        </main>
        <footer className="flex items-center border-t border-line bg-panel px-3.5 text-xs text-muted">
          For research and dataset curation; not for diagnosis.
        </footer>
      </div>
    </QueryProvider>
  );
}

const roleWords: Record<Actor["role"], string> = { READER: "reader", REVIEWER: "reviewer", ADMIN: "admin" };

function destinations(actor: Actor) {
  return [
    { href: "/worklist", name: "Worklist", shown: may(actor, "study:read") },
    { href: "/flagged", name: "Flagged", shown: may(actor, "study:read") },
    { href: "/imports", name: "Imports", shown: may(actor, "import:read") },
    { href: "/training", name: "Training", shown: may(actor, "training:request") },
    { href: "/models", name: "Models", shown: may(actor, "model:read") },
    { href: "/reports", name: "Reports", shown: may(actor, "model:read") },
    { href: "/protocol", name: "Protocol", shown: may(actor, "protocol:read") },
    { href: "/admin/jobs", name: "Jobs", shown: may(actor, "job:cancel") },
    { href: "/admin/users", name: "Users", shown: may(actor, "user:manage") },
    { href: "/admin/health", name: "System health", shown: may(actor, "system:read") },
  ].filter(({ shown }) => shown);
}

async function ProductionModel({ actor }: { actor: Actor }) {
  const production = await findProduction(actor);
  if (!production) return <span className="text-muted">No model in production</span>;
  const { id, number, newLabels } = production;
  const labels = `${newLabels.toLocaleString("en")} new ${newLabels === 1 ? "label" : "labels"}`;
  return (
    <Link
      href={`/models/${id}`}
      className="text-muted whitespace-nowrap hover:text-text"
      title={`${labels}: slices of its cohort that a person labelled otherwise than this model has learned`}
    >
      <b className="text-text">Model {number}</b> in production
      <span className="max-[1440px]:hidden"> · {labels}</span>
    </Link>
  );
}
