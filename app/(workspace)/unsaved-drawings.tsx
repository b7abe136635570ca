"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Popover } from "radix-ui";
import type { Change } from "@/app/_client/changes";
import { type AsJson, getJson } from "@/app/_client/request";
import { sliceHref } from "@/app/_ui/queue-href";
import type { UnsavedDrawings as Unsaved } from "@/lib/features/labels/schema";

const query = (besides: string) => ({
  queryKey: ["my-drafts", besides],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    getJson<Unsaved>(`/api/drafts${besides && `?besides=${besides}`}`, signal),
  meta: { concerns: ({ topic }: Change) => topic === "draft" },
});

/** How many of one's drawings in other studies are no labels yet, and where they are. Nothing where there is none. */
export function UnsavedDrawings() {
  const openStudy = /^\/studies\/([^/]+)$/.exec(usePathname())?.[1] ?? "";
  const { data } = useQuery<AsJson<Unsaved>>(query(openStudy));
  const { drawings: elsewhere, total: count } = data ?? { drawings: [], total: 0 };
  if (count <= 0) return null;
  const more = count - elsewhere.length;
  return (
    <Popover.Root>
      <Popover.Trigger className="rounded-md px-2 py-1 whitespace-nowrap text-human hover:bg-panel2">
        <span aria-hidden="true">✎ </span>
        {count} unsaved {count === 1 ? "drawing" : "drawings"}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Unsaved drawings"
          align="end"
          sideOffset={6}
          className="z-40 max-h-96 w-72 overflow-y-auto rounded-lg border border-edge bg-panel p-2 shadow-2xl"
        >
          <ul>
            {elsewhere.map((drawing) => (
              <li key={drawing.sliceId}>
                <Popover.Close asChild>
                  <Link
                    href={sliceHref(drawing)}
                    className="block rounded px-2 py-1 hover:bg-panel2 focus-visible:bg-panel2"
                  >
                    {drawing.patientKey}, slice {drawing.position}
                  </Link>
                </Popover.Close>
              </li>
            ))}
          </ul>
          {more > 0 && <p className="px-2 py-1 text-muted">and {more} more</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
