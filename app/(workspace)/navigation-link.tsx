"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";

/** Pages that stand under another's entry in the navigation; a study in a queue stands under Flagged. */
const under: Record<string, string> = { "/studies": "/worklist", "/patients": "/worklist" };

/** A link of the main navigation; says when the reader is there, and with a red dot what waits to be seen (`alert`). */
export function NavigationLink({
  href,
  alert = null,
  children,
}: {
  href: string;
  alert?: string | null;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const isQueue = useSearchParams().get("queue") === "flagged";
  const section = Object.keys(under).find((start) => pathname.startsWith(`${start}/`));
  const parent = section && (isQueue ? "/flagged" : under[section]);
  const here = parent ? parent === href : pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className="flex items-center px-2 text-muted hover:text-text focus-visible:-outline-offset-2 aria-[current=page]:text-text aria-[current=page]:shadow-[inset_0_-2px_var(--color-accent)]"
    >
      {children}
      {alert && (
        <span title={alert} className="ml-1 size-2 self-center rounded-full bg-flag">
          <span className="sr-only">({alert})</span>
        </span>
      )}
    </Link>
  );
}
