import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { test } from "node:test";
import { forwardedFor, readProxies, withClientAddress } from "../../bin/setup/client-address.mjs";

test("X-Forwarded-For is believed from proxies alone", () => {
  const proxies = readProxies("10.0.0.5, 192.168.7.0/24 2001:db8::5");
  for (const proxy of [
    "127.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "10.0.0.5",
    "::ffff:10.0.0.5",
    "192.168.7.9",
    "2001:db8::5",
  ])
    assert.equal(forwardedFor("192.0.2.7", proxy, proxies), "192.0.2.7", proxy);
  for (const stranger of ["10.0.0.6", "192.168.8.9", "2001:db8::6", "::ffff:192.0.2.1"])
    assert.equal(forwardedFor("192.0.2.7", stranger, proxies), stranger);
  assert.equal(forwardedFor(undefined, "127.0.0.1", proxies), "127.0.0.1");
  assert.equal(forwardedFor("192.0.2.7", undefined, proxies), "");
});

test("a list of proxies that cannot be read is a problem of set-up", () => {
  for (const list of ["proxy.example", "10.0.0.0/99", "10.0.0.5/x"])
    assert.throws(() => readProxies(list), /SULCUS_PROXIES has/);
});

test("a server that is started with it sees the header of a proxy, and an address where there was none", async () => {
  const program = `require("node:http").createServer((request, response) =>
    response.end(request.headers["x-forwarded-for"])).listen(0, "127.0.0.1", function () { console.log(this.address().port) })`;
  const server = spawn(process.execPath, [...withClientAddress, "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(server.stdout, "data");
    const ask = (headers) =>
      new Promise((resolve, reject) => {
        const options = { host: "127.0.0.1", port: Number(line), headers };
        http
          .get(options, async (response) => resolve((await response.toArray()).join("")))
          .on("error", reject);
      });
    assert.equal(await ask({ "X-Forwarded-For": "192.0.2.7" }), "192.0.2.7");
    assert.equal(await ask({}), "127.0.0.1");
  } finally {
    server.kill();
  }
});
