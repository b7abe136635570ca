import type { ReactNode } from "react";

/** The margins of a page that is not the light box. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-[1600px] px-5 py-4">{children}</div>;
}
