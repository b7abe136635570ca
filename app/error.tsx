"use client";
import { type FailedProps, PageFailed } from "./_ui/page-failed";

export default function PageError(props: FailedProps) {
  return (
    <main>
      <PageFailed {...props} />
    </main>
  );
}
