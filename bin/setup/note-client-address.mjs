import { subscribe } from "node:diagnostics_channel";
import { forwardedFor, readProxies } from "./client-address.mjs";

/*
 * Loaded into the web process before anything else. Limits of sign-ins and the audit trail use the client's address. Next
 * takes it from `X-Forwarded-For`, which every client can set. Here the header is kept where a known proxy sent it; for
 * every other client it becomes the address of the connection.
 */
const proxies = readProxies();

// Node publishes each request before its server handles it.
subscribe("http.server.request.start", ({ request, socket }) => {
  const { headers } = request;
  headers["x-forwarded-for"] = forwardedFor(headers["x-forwarded-for"], socket.remoteAddress, proxies);
});
