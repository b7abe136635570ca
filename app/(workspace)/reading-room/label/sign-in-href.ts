/** The sign-in page, and from there back to this very slice. */
export function signInHref(): string {
  if (typeof window === "undefined") return "/sign-in";
  return `/sign-in?from=${encodeURIComponent(window.location.pathname + window.location.search)}`;
}
