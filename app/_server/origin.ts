import { env } from "@/lib/platform/env";

/** Where a request came by. */
export interface Origin {
  /** `http://hal:3000`, as the browser's address bar has it. */
  origin: string;
  /** True for https: cookies are then sent over nothing else. */
  secure: boolean;
}

/**
 * The origin by which a request came: a host name, an address, or a proxy's (`X-Forwarded-Host`, `X-Forwarded-Proto`).
 * Redirects stay on it. `known` is the operator's own address (NEXTAUTH_URL): under its host its protocol counts, should
 * the proxy not say one.
 *
 * A script of another site cannot choose these headers, so what is forged here leads only the forger astray.
 */
export function originOf(headers: Headers, known = env.address): Origin {
  const host = first(headers.get("x-forwarded-host")) ?? headers.get("host") ?? "localhost";
  const address = known && URL.canParse(known) ? new URL(known) : null;
  const forwarded = first(headers.get("x-forwarded-proto"));
  const secure = address?.host === host ? address.protocol === "https:" : forwarded === "https";
  return { origin: `${secure ? "https" : "http"}://${host}`, secure };
}

/** Whether a request that changes something was sent by another site's page, as far as the browser says. */
export function isOfOtherSite({ method, headers }: Pick<Request, "method" | "headers">): boolean {
  const said = headers.get("origin");
  if (said === null || method === "GET" || method === "HEAD") return false;
  return !URL.canParse(said) || new URL(said).host !== new URL(originOf(headers).origin).host;
}

/** What a redirect leads to: `wanted` where it is on this origin, else this origin's first page. */
export function onOrigin(wanted: string, origin: string): string {
  if (!URL.canParse(wanted, origin)) return origin;
  const url = new URL(wanted, origin);
  return url.origin === new URL(origin).origin ? url.href : origin;
}

/** Proxies in a row append to a list; the first entry is what the browser asked for. */
const first = (value: string | null) => value?.split(",")[0]?.trim() || undefined;
