"use client";
import { Button } from "./button";
import { EmptyState } from "./empty-state";

export interface FailedProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** What stands where a page could not be made; its number finds the fault in the log. */
export function PageFailed({ error, reset }: FailedProps) {
  return (
    <div className="grid min-h-[60vh] place-content-center p-6">
      <EmptyState level={1} title="This page could not be shown">
        <p>The server had an error. Saved work is not lost.</p>
        {error.digest && <p className="mt-1">Number in the server’s log: {error.digest}</p>}
        <p className="mt-3">
          <Button onClick={reset}>Try again</Button>
        </p>
      </EmptyState>
    </div>
  );
}
