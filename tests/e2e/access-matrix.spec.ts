import {
  type Answer,
  actions,
  handlers,
  pages,
  type Row,
  type Visitor,
  visitors,
} from "../support/access-matrix";
import { type Client, callAction } from "./support/call-action";
import { builtActions, entryPoints } from "./support/entry-points";
import { demoAccount } from "./support/installation";
import { findRecords, type Records, removeRecords } from "./support/records";
import { signInByRequest } from "./support/session";
import { expect, test } from "./support/test";

/** Every entry point of the product is called over HTTP by every kind of visitor. */

const entries = entryPoints();
const built = builtActions();
const clients = {} as Record<Visitor, Client>;
/** Records of the demo by the names that paths give them. */
const records: Records = {};

test.beforeAll(async ({ baseURL }) => {
  for (const role of ["READER", "REVIEWER", "ADMIN"] as const) {
    clients[role] = await signIn(baseURL!, demoAccount(role));
  }
  clients.ANONYMOUS = { baseURL: baseURL!, cookie: "" };
  clients.ENDED = await makeEndedSession(baseURL!);
  Object.assign(records, await findRecords());
});

test.afterAll(async () => {
  await removeRecords(records);
});

test("every page, route handler and server action stands in the access matrix, and nothing else", () => {
  expect(Object.keys(pages).sort()).toEqual(entries.pages.sort());
  expect(Object.keys(handlers).sort()).toEqual(entries.handlers.sort());
  expect(Object.keys(actions).sort()).toEqual(entries.actions.sort());
  expect(entries.hiddenActions).toEqual([]);
  expect(built.map(({ name }) => name).sort()).toEqual(entries.actions.sort());
});

for (const [path, row] of Object.entries(pages)) {
  test(`page ${path}`, async () => {
    const answers = await answersOf(async (visitor) => {
      const response = await ask(clients[visitor], "GET", path, row);
      const text = await response.text();
      if (response.status === 404) {
        expect(text).toContain("Page not found");
        expect(othersAddresses(text, visitor)).toEqual([]);
      }
      return statusOf(response);
    });
    expect(answers).toEqual(row.answers);
  });
}

for (const [name, row] of Object.entries(handlers)) {
  test(name, async () => {
    const [method, path] = name.split(" ") as [string, string];
    const answers = await answersOf(async (visitor) => {
      const response = await ask(clients[visitor], method, path, row);
      await response.body?.cancel(); // a stream of events has no end
      return statusOf(response);
    });
    expect(answers).toEqual(row.answers);
  });
}

for (const [name, row] of Object.entries(actions)) {
  test(`action ${name}`, async () => {
    const action = built.find((one) => one.name === name)!;
    const answers = await answersOf(async (visitor) => {
      const { redirect, outcome } = await callAction(
        clients[visitor],
        action,
        fill(action.page, row),
        JSON.parse(fill(JSON.stringify(row.input), row)),
      );
      if (redirect) return redirect;
      return outcome ? (outcome.ok ? "ok" : outcome.code) : "no outcome";
    });
    expect(answers).toEqual(row.answers);
  });
}

test("the sign-in page, which all may open, runs no action for anyone", async () => {
  for (const action of built) {
    const { outcome } = await callAction(clients.ANONYMOUS, action, "/sign-in", actions[action.name]?.input);
    expect(outcome, action.name).toBeUndefined();
  }
});

async function answersOf(answer: (visitor: Visitor) => Promise<Answer>): Promise<Record<Visitor, Answer>> {
  const answers = {} as Record<Visitor, Answer>;
  for (const visitor of visitors) answers[visitor] = await answer(visitor);
  return answers;
}

function ask(client: Client, method: string, path: string, row: Row): Promise<Response> {
  const url = new URL(fill(path, row) + (row.search ?? ""), client.baseURL);
  const body = row.input === undefined ? {} : { body: JSON.stringify(row.input) };
  return fetch(url, {
    method,
    redirect: "manual",
    headers: { Cookie: client.cookie, ...(row.input === undefined ? {} : json), ...row.headers },
    ...(method === "PATCH" && row.input === undefined ? { body: "bytes" } : body),
  });
}
const json = { "Content-Type": "application/json" };

function statusOf(response: Response): Answer {
  const location = response.headers.get("location");
  return location ? new URL(location, response.url).pathname : response.status;
}

function fill(path: string, row: Row): string {
  return path.replace(/\[(?:\.{3})?(\w+Id|nextauth)\]/g, (_, name) => row.params?.[name] ?? records[name]!);
}

/** Addresses of accounts that a visitor's page has no business showing. */
function othersAddresses(text: string, visitor: Visitor): string[] {
  return (["READER", "REVIEWER", "ADMIN"] as const)
    .filter((role) => role !== visitor)
    .map((role) => demoAccount(role).email)
    .filter((email) => text.includes(email));
}

async function signIn(baseURL: string, account: { email: string; password: string }): Promise<Client> {
  const client = await signInByRequest(baseURL, account);
  const { cookies } = await client.storageState();
  await client.dispose();
  return { baseURL, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

/** Makes an account, signs it in, and deactivates it. */
async function makeEndedSession(baseURL: string): Promise<Client> {
  const email = `ended-${Date.now()}@test.example`;
  const call = async (name: string, input: unknown) => {
    const action = built.find((one) => one.name === `(workspace)/admin/users/actions.ts ${name}`)!;
    const { outcome } = await callAction(clients.ADMIN, action, "/admin/users", input);
    expect(outcome, name).toMatchObject({ ok: true });
    return (outcome as { data: { id: string; password: string } }).data;
  };
  const { id, password } = await call("createUserAction", { email, role: "ADMIN" });
  const session = await signIn(baseURL, { email, password });
  await call("deactivateUserAction", { userId: id });
  return session;
}
