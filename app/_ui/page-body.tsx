import type { ReactNode } from "react";

/** The margins of a page that is not the light box. A page of a list is `wide`: its table uses the whole window. */
export function PageBody({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return <div className={`mx-auto w-full px-5 py-4 ${wide ? "" : "max-w-[1600px]"}`}>{children}</div>;
}
