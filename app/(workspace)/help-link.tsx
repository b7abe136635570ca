"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";

/** To the help; from the reading room in a new tab, so that the study stays as it is. */
export function HelpLink() {
  const pathname = usePathname();
  const newTab = useHelpTab();
  return (
    <Link
      href="/help"
      {...newTab}
      aria-current={pathname === "/help" || pathname.startsWith("/help/") ? "page" : undefined}
      className="text-muted hover:text-text aria-[current=page]:text-text"
    >
      Help
    </Link>
  );
}

/** How a link opens the help: from the reading room in a new tab. */
export function useHelpTab(): { target?: "_blank"; title?: string } {
  return usePathname().startsWith("/studies/") ? { target: "_blank", title: "Opens in a new tab" } : {};
}
