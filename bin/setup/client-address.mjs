import { BlockList, isIPv6 } from "node:net";
import { SetupProblem } from "./problem.mjs";

/** The proxies that are believed: those on this machine, and those that `SULCUS_PROXIES` lists, as addresses or networks. */
export function readProxies(list = process.env.SULCUS_PROXIES ?? "") {
  const proxies = new BlockList();
  proxies.addSubnet("127.0.0.0", 8);
  proxies.addAddress("::1", "ipv6");
  for (const one of list.split(/[\s,]+/).filter(Boolean)) {
    const [address, bits] = one.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    try {
      if (bits === undefined) proxies.addAddress(address, family);
      else proxies.addSubnet(address, Number(bits), family);
    } catch {
      throw new SetupProblem(
        `SULCUS_PROXIES has ${one}, which is neither an address nor a network (10.0.0.0/8)`,
      );
    }
  }
  return proxies;
}

/** What `X-Forwarded-For` says from here on, of a connection from `address` on which a request said `claimed`. */
export function forwardedFor(claimed, address, proxies) {
  const known = address ?? "";
  const isProxy = known !== "" && proxies.check(known, isIPv6(known) ? "ipv6" : "ipv4");
  return isProxy && claimed ? claimed : known;
}

/** How the web process is started so that it hears the right address (note-client-address.mjs). */
export const withClientAddress = ["--import", new URL("note-client-address.mjs", import.meta.url).href];
