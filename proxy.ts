import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { getToken } from "next-auth/jwt";
import { actionBytes, actionTooLarge } from "./app/_server/action-limit";
import { addressHeader } from "./app/_server/address";
import { isOfOtherSite, originOf } from "./app/_server/origin";

/**
 * Sends visitors without a session to the sign-in page and gives each page its Content-Security-Policy.
 *
 * Only a first gate: pages and actions re-read the account themselves (app/_server/actor.ts). Everything under /api
 * stays out, since request bodies are cut at 10 MB on routes that a matcher covers; routes authorise themselves.
 */
export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  if (!isDecodable(pathname)) return plainText(400, "This address is not written correctly.");
  // The matcher has those of a malformed address alone (below).
  if (pathname.startsWith("/api/")) return NextResponse.next();
  const { origin, secure } = originOf(request.headers);
  // Next refuses these too, but as if the server had failed.
  if (isOfOtherSite(request)) return plainText(403, "The request came from another site's page.");
  const isRead = request.method === "GET" || request.method === "HEAD";
  // Strangers may open that page, and it takes no action.
  if (!isRead && pathname === "/sign-in") return plainText(405, "This page is only read.");
  if (pathname !== "/sign-in" && !(await getToken({ req: request, secureCookie: secure }))) {
    const signIn = new URL("/sign-in", origin);
    if (pathname !== "/") signIn.searchParams.set("from", `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  // Next refuses these too, but in words that no page can show.
  if (request.method === "POST" && Number(request.headers.get("content-length") ?? 0) > actionBytes)
    return plainText(413, actionTooLarge);
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy(nonce);
  const requestHeaders = new Headers(request.headers);
  // Next reads the nonce for its own scripts from here.
  requestHeaders.set("Content-Security-Policy", policy);
  requestHeaders.set(addressHeader, `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set("Content-Security-Policy", policy);
  // On plain http under a host name browsers ignore it, and say so on every page's console.
  if (secure || onThisMachine.test(origin)) response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  return response;
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

const plainText = (status: number, text: string) =>
  new NextResponse(text, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });

const onThisMachine = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

export const config = {
  matcher: [
    "/((?!api/|_next/|cornerstone/|icon\\.svg|robots\\.txt).*)",
    // No address of a route has an escape: Next answers a malformed one with 500.
    "/api/(.*%.*)",
  ],
};

/** Everything from this server; the viewer compiles WebAssembly and starts workers, also from blobs. */
function contentPolicy(nonce: string) {
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "connect-src 'self' blob: data:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
