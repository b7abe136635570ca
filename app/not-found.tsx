import Link from "next/link";
import { EmptyState } from "./_ui/empty-state";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-[60vh] place-content-center p-6">
      <EmptyState level={1} title="There is nothing at this address">
        <p>It may have been moved, or your account may not see it.</p>
        <p className="mt-3">
          <Link href="/worklist" className="text-accent underline underline-offset-2">
            Go to the worklist
          </Link>
        </p>
      </EmptyState>
    </main>
  );
}
