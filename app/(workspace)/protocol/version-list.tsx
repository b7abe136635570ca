import Link from "next/link";
import { Time } from "@/app/_ui/time";
import type { ProtocolEntry } from "@/lib/features/protocol/schema";

/** Every version of the protocol, newest first; each is there to be read. `shown` is the one on the page. */
export function VersionList({
  versions,
  shown,
}: {
  versions: readonly ProtocolEntry[];
  shown: number | null;
}) {
  if (versions.length === 0) return null;
  return (
    <nav aria-label="Versions" className="rounded-lg border border-line bg-panel p-3">
      <h2 className="mb-1 text-xs font-semibold tracking-wider text-muted uppercase">Versions</h2>
      <ol className="max-h-[60dvh] space-y-1 overflow-y-auto">
        {versions.map(({ version, author, createdAt }, index) => (
          <li key={version}>
            <Link
              href={index === 0 ? "/protocol" : `/protocol?version=${version}`}
              aria-current={version === shown ? "page" : undefined}
              className="block rounded px-1.5 py-1 hover:bg-panel2 aria-[current=page]:bg-panel2"
            >
              Version {version}
              {index === 0 && " (current)"}
              <span className="block text-sm text-muted">
                {author ?? "the system"}, <Time at={createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
