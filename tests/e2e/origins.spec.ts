import { lookup } from "node:dns/promises";
import http, { type IncomingHttpHeaders } from "node:http";
import { hostname } from "node:os";
import type { Page } from "@playwright/test";
import { actionTooLarge } from "@/app/_server/action-limit";
import { builtActions } from "./support/entry-points";
import { demoAccount } from "./support/installation";
import { expect, test } from "./support/test";

/** One stays on the origin by which one came: a host name, an address, or a proxy's. */

interface Way {
  /** What the browser's address bar has. */
  origin: string;
  headers: Record<string, string>;
}

const ways = (port: string): Record<string, Way> => ({
  "a host name": {
    origin: `http://hal.hospital.example:${port}`,
    headers: { Host: `hal.hospital.example:${port}` },
  },
  "an IP address": { origin: `http://192.0.2.7:${port}`, headers: { Host: `192.0.2.7:${port}` } },
  "a proxy with TLS": {
    origin: "https://sulcus.example",
    headers: {
      Host: `127.0.0.1:${port}`,
      "X-Forwarded-Host": "sulcus.example",
      "X-Forwarded-Proto": "https",
      "X-Forwarded-For": "192.0.2.8",
    },
  },
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request over a real connection with any Host header, which `fetch` would not send. */
function ask(
  baseURL: string,
  way: Way,
  method: string,
  path: string,
  { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(baseURL);
    const length = body.length > 0 ? { "Content-Length": String(Buffer.byteLength(body)) } : {};
    const request = http.request(
      { host: "127.0.0.1", port, method, path, headers: { ...way.headers, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        const done = () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        response.on("end", done);
        if (response.headers["content-type"]?.startsWith("text/event-stream")) {
          response.destroy(); // it has no end
          done();
        }
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

const form = { "Content-Type": "application/x-www-form-urlencoded" };
const cookiesOf = ({ headers }: Answer) => (headers["set-cookie"] ?? []).map((line) => line.split(";")[0]!);

/** Signs in by requests; the session's cookies, and what the answer said. */
async function signIn(baseURL: string, way: Way, callbackUrl: string) {
  const first = await ask(baseURL, way, "GET", "/api/auth/csrf");
  const { csrfToken } = JSON.parse(first.text);
  const body = new URLSearchParams({
    ...demoAccount("ADMIN"),
    csrfToken,
    callbackUrl,
    json: "true",
  }).toString();
  const headers = { ...form, Cookie: cookiesOf(first).join("; ") };
  const answer = await ask(baseURL, way, "POST", "/api/auth/callback/credentials", { headers, body });
  const cookie = [...cookiesOf(first), ...cookiesOf(answer)].join("; ");
  return { answer, cookie, csrfToken };
}

for (const name of Object.keys(ways("0"))) {
  test(`by ${name}: sign-in, pages, events and sign-out stay there`, async ({ baseURL }) => {
    const way = ways(new URL(baseURL!).port)[name]!;
    const get = (path: string, cookie = "") =>
      ask(baseURL!, way, "GET", path, { headers: { Cookie: cookie } });

    const away = await get("/flagged");
    expect([302, 307, 308]).toContain(away.status);
    expect(new URL(away.headers.location!, way.origin).href).toBe(`${way.origin}/sign-in?from=%2Fflagged`);

    const { answer, cookie, csrfToken } = await signIn(baseURL!, way, "/flagged");
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text).url).toBe(`${way.origin}/flagged`);
    const session = answer.headers["set-cookie"]!.find((line) => line.includes("session-token"))!;
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    expect(/; Secure/i.test(session)).toBe(way.origin.startsWith("https"));

    const page = await get("/worklist", cookie);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain("http://localhost");
    expect((await get("/api/events", cookie)).status).toBe(200);
    const root = await get("/", cookie);
    expect(new URL(root.headers.location!, way.origin).href).toBe(`${way.origin}/worklist`);

    const signOut = (callbackUrl: string) =>
      ask(baseURL!, way, "POST", "/api/auth/signout", {
        headers: { ...form, Cookie: cookie },
        body: new URLSearchParams({ csrfToken, callbackUrl, json: "true" }).toString(),
      });
    for (const foreign of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "http://localhost:3000/x",
    ])
      expect(new URL(JSON.parse((await signOut(foreign)).text).url).origin, foreign).toBe(way.origin);
    expect(JSON.parse((await signOut("/sign-in")).text).url).toBe(`${way.origin}/sign-in`);
  });
}

test("a sign-in that names a foreign address leads to this server", async ({ baseURL }) => {
  const way = ways(new URL(baseURL!).port)["a host name"]!;
  for (const foreign of ["https://evil.example/", "//evil.example", "javascript:alert(1)"]) {
    const { answer } = await signIn(baseURL!, way, foreign);
    expect(new URL(JSON.parse(answer.text).url).origin, foreign).toBe(way.origin);
  }
});

test("another site's request is refused, whatever host it claims", async ({ baseURL }) => {
  const way = ways(new URL(baseURL!).port)["a host name"]!;
  const { cookie, csrfToken } = await signIn(baseURL!, way, "/");
  const path =
    "/api/slices/00000000-0000-4000-8000-000000000000/draft?id=00000000-0000-4000-8000-000000000000";
  const remove = (Origin: string) =>
    ask(baseURL!, way, "DELETE", path, { headers: { Cookie: cookie, Origin } });
  expect((await remove("https://evil.example")).status).toBe(403);
  expect((await remove("null")).status).toBe(403);
  expect((await remove(way.origin)).status).toBe(404);
  const forged = await ask(baseURL!, way, "POST", "/api/auth/signout", {
    headers: { ...form, Cookie: cookie },
    body: new URLSearchParams({ csrfToken: `${csrfToken}x`, json: "true" }).toString(),
  });
  expect(cookiesOf(forged).filter((line) => /session-token=$/.test(line))).toEqual([]);
});

test("an address that is not written correctly gets 400, on pages and routes", async ({ baseURL }) => {
  const way = ways(new URL(baseURL!).port)["a host name"]!;
  const { cookie } = await signIn(baseURL!, way, "/");
  for (const path of ["/%E0%A4%A", "/patients/%E0%A4", "/api/slices/%ZZ/pixels", "/api/studies/%C3%28"])
    for (const headers of [{}, { Cookie: cookie }] as Record<string, string>[])
      expect((await ask(baseURL!, way, "GET", path, { headers })).status, path).toBe(400);
});

test("an action that another site's page sends is refused, and none is sent to the sign-in page", async ({
  baseURL,
}) => {
  const way = ways(new URL(baseURL!).port)["a host name"]!;
  const { cookie } = await signIn(baseURL!, way, "/");
  const [action] = builtActions();
  const page = action!.page.replace(/\[\w+\]/, "x");
  const act = (path: string, Origin: string, Cookie: string) =>
    ask(baseURL!, way, "POST", path, {
      headers: { "Next-Action": action!.id, "Content-Type": "text/plain;charset=UTF-8", Cookie, Origin },
      body: "[]",
    });
  for (const origin of ["https://evil.example", "null"])
    expect((await act(page, origin, cookie)).status, origin).toBe(403);
  expect((await act("/sign-in", way.origin, "")).status).toBe(405);
});

test("a body that is too large gets 413 in the user's words, on routes, actions and sign-in", async ({
  baseURL,
}) => {
  const way = ways(new URL(baseURL!).port)["a host name"]!;
  const { cookie } = await signIn(baseURL!, way, "/");
  const json = { "Content-Type": "application/json", Cookie: cookie, Origin: way.origin };
  const draft = await ask(baseURL!, way, "PUT", "/api/slices/00000000-0000-4000-8000-000000000000/draft", {
    headers: json,
    body: Buffer.alloc(9 * 2 ** 20 + 2, "x"),
  });
  expect(draft.status).toBe(413);
  expect(JSON.parse(draft.text).error.message).toMatch(/^The request is larger than 9 MiB/);

  const signingIn = await ask(baseURL!, way, "POST", "/api/auth/callback/credentials", {
    headers: { ...form },
    body: `password=${"x".repeat(20_000)}`,
  });
  expect(signingIn.status).toBe(413);

  const [action] = builtActions();
  const acted = await ask(baseURL!, way, "POST", action!.page.replace(/\[\w+\]/, "x"), {
    headers: {
      "Next-Action": action!.id,
      "Content-Type": "text/plain;charset=UTF-8",
      Cookie: cookie,
      Origin: way.origin,
    },
    body: Buffer.alloc(5 * 2 ** 20 + 1, "x"),
  });
  expect([acted.status, acted.text]).toEqual([413, actionTooLarge]);
});

/** The machine under its own name, as colleagues in the network reach it: plain http, no secure context. */
test.describe("under the machine's host name", () => {
  let origin = "";
  test.beforeAll(async ({ baseURL }) => {
    origin = `http://${hostname()}:${new URL(baseURL!).port}`;
    const found = await lookup(hostname()).catch(() => null);
    const answers = found && (await fetch(`${origin}/api/health/live`).catch(() => null))?.ok;
    const reason = `${hostname()} does not lead to this machine`;
    if (!answers) console.log(`Skipped: the journey on ${origin}, because ${reason}`);
    test.skip(!answers, reason);
  });

  test("one signs in, reads, draws and signs out", async ({ page }) => {
    test.setTimeout(120_000);
    await openSignIn(page, origin);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await page.goto(`${origin}/worklist?cohort=PHANTOM`);
    await page
      .getByRole("table", { name: "Studies" })
      .getByRole("row")
      .nth(1)
      .getByRole("link")
      .first()
      .click();
    const flair = page.getByRole("region", { name: /^FLAIR, slice/ });
    await expect(flair).toHaveAttribute("aria-busy", "false", { timeout: 60_000 });
    expect(new URL(page.url()).origin).toBe(origin);
    // The slice after the last one with a tumor: the mask before it, as a stroke, is kept by the browser and by the
    // server, and then thrown away.
    const lastTumor = page.getByRole("button", { name: /^Slice \d+, .*, tumor labelled/ }).last();
    const position = Number(/^Slice (\d+)/.exec((await lastTumor.getAttribute("aria-label"))!)![1]) + 1;
    await page.getByRole("button", { name: new RegExp(`^Slice ${position},`) }).click();
    await expect(page.getByRole("region", { name: `FLAIR, slice ${position} of` })).toHaveAttribute(
      "aria-busy",
      "false",
    );
    await page.keyboard.press("c");
    await expect(page.getByText(/stroke.*draft kept on the server/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: "Discard the drawing" }).click();
    await expect(page.getByText(/stroke.*draft kept on the server/)).toHaveCount(0);

    await page.goto(`${origin}/worklist`);
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    expect(page.url()).toBe(`${origin}/sign-in`);
    await page.goto(`${origin}/flagged`);
    expect(page.url()).toBe(`${origin}/sign-in?from=%2Fflagged`);
  });

  test("a generated password is copied", async ({ page }) => {
    await openSignIn(page, origin);
    await page.goto(`${origin}/admin/users`);
    await page.getByRole("button", { name: "Add user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail address").fill(`by-host-name-${Date.now()}@test.example`);
    await dialog.getByLabel("Name").fill("By Host Name");
    await dialog.getByRole("button", { name: "Add user" }).click();
    await expect(dialog.getByLabel("Generated password")).toBeVisible();
    await dialog.getByRole("button", { name: "Copy" }).click();
    await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  });
});

async function openSignIn(page: Page, origin: string) {
  await page.goto(`${origin}/sign-in`);
  const { email, password } = demoAccount("ADMIN");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Worklist", level: 1 })).toBeVisible();
}
