"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { createQueryClient, followChanges } from "./query-client";

/** What the pages below read from the server is kept here, and read again when it changes there. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  useEffect(() => followChanges(client), [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
