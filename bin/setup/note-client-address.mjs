import { subscribe } from "node:diagnostics_channel";
import { forwardedFor, readProxies } from "./client-address.mjs";

/*
 * Loaded into the web process before anything else. Limits of sign-ins and the audit trail go by the address of who asks. Next
 * believes `X-Forwarded-For` whoever sends it, so anybody could claim to be anybody. Here it is believed from proxies alone; of
 * everyone else it says where their connection comes from.
 */
const proxies = readProxies();

// Node publishes each request before its server handles it.
subscribe("http.server.request.start", ({ request, socket }) => {
  const { headers } = request;
  headers["x-forwarded-for"] = forwardedFor(headers["x-forwarded-for"], socket.remoteAddress, proxies);
});
