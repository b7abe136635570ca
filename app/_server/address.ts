/** Where the proxy notes a page's own path and query: a page cannot read them otherwise. */
export const addressHeader = "x-sulcus-address";

/**
 * The network address in `X-Forwarded-For` that the nearest machine has written: its last entry. Earlier entries are
 * whatever the client claimed.
 */
export function lastAddress(forwardedFor: string | null | undefined): string | undefined {
  return forwardedFor?.split(",").at(-1)?.trim() || undefined;
}
