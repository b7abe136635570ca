import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { getToken } from "next-auth/jwt";
import { actionBytes, actionTooLarge } from "./app/_server/action-limit";
import { addressHeader } from "./app/_server/address";
import { originOf } from "./app/_server/origin";

/**
 * Sends visitors without a session to the sign-in page and gives each page its Content-Security-Policy.
 *
 * Only a first gate: pages and actions re-read the account themselves (app/_server/actor.ts). Everything under /api
 * stays out, since request bodies are cut at 10 MB on routes that a matcher covers; routes authorise themselves.
 */
export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  const { origin, secure } = originOf(request.headers);
  if (pathname !== "/sign-in" && !(await getToken({ req: request, secureCookie: secure }))) {
    const signIn = new URL("/sign-in", origin);
    if (pathname !== "/") signIn.searchParams.set("from", `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  // Next refuses these too, but in words that no page can show.
  if (request.method === "POST" && Number(request.headers.get("content-length") ?? 0) > actionBytes)
    return new NextResponse(actionTooLarge, { status: 413, headers: { "Content-Type": "text/plain" } });
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

const onThisMachine = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

export const config = {
  matcher: "/((?!api/|_next/|cornerstone/|icon\\.svg|robots\\.txt).*)",
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
