import Link from "next/link";
import { EmptyState } from "./empty-state";

/** What stands at an address that leads nowhere, or that the reader's account may not see. */
export function NothingHere() {
  return (
    <div className="grid min-h-[60vh] place-content-center p-6">
      <EmptyState level={1} title="Page not found">
        <p>The page was moved or removed, or your account has no access to it.</p>
        <p className="mt-3">
          <Link href="/worklist" className="text-accent underline underline-offset-2">
            Go to the worklist
          </Link>
        </p>
      </EmptyState>
    </div>
  );
}
