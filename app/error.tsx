"use client";
import { Button } from "./_ui/button";
import { EmptyState } from "./_ui/empty-state";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-[60vh] place-content-center p-6">
      <EmptyState level={1} title="This page could not be shown">
        <p>Something went wrong on the server. Nothing that was saved is lost.</p>
        {error.digest && <p className="mt-1">In the log it is number {error.digest}.</p>}
        <p className="mt-3">
          <Button onClick={reset}>Try again</Button>
        </p>
      </EmptyState>
    </main>
  );
}
