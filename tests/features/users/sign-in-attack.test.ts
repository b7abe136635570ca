import type { verify } from "@node-rs/argon2";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { authenticate } from "@/lib/features/users/authenticate";
import { changeOwnPassword } from "@/lib/features/users/change-own-password";
import { createUser } from "@/lib/features/users/create-user";
import { findActor } from "@/lib/features/users/find-actor";
import { hashPassword, verifyPassword } from "@/lib/features/users/password";
import { signInLimits } from "@/lib/features/users/password-attempts";
import { database, disconnect } from "@/lib/platform/database";
import { AppError } from "@/lib/platform/errors";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase } from "../../support/factories";

/** Password checks by the real argon2, and how many ran at once at most. */
const checks = vi.hoisted(() => ({ all: 0, running: 0, most: 0, heldUntil: Promise.resolve() }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const counted = async (...input: Parameters<typeof verify>) => {
    checks.all++;
    checks.most = Math.max(checks.most, ++checks.running);
    await checks.heldUntil;
    return real.verify(...input).finally(() => checks.running--);
  };
  return { ...real, verify: counted };
});

const email = "owner@hospital.example";
const password = "correct horse battery";
const [theirs, strange] = ["10.0.0.1", "192.0.2.7"];

let ownerId: string;
beforeEach(async () => {
  await emptyDatabase();
  Object.assign(checks, { all: 0, running: 0, most: 0 });
  ownerId = (await createUser(systemActor, { email, role: "READER", password })).id;
});
afterAll(disconnect);

/** What became of a sign-in: "in", "wrong", or the code that it was refused with. */
const signIn = (as: { email?: string; password?: string; address?: string }) =>
  outcome(authenticate({ email, password: "a wrong guess", ...as }));
async function outcome(signingIn: Promise<unknown>): Promise<string> {
  try {
    return (await signingIn) ? "in" : "wrong";
  } catch (error) {
    if (error instanceof AppError) return error.said.code;
    throw error;
  }
}
const times = (count: number, work: (at: number) => Promise<string>) =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)));
/** How often each outcome came. */
const tally = (outcomes: string[]) =>
  Object.fromEntries([...new Set(outcomes)].map((one) => [one, outcomes.filter((o) => o === one).length]));
/** Events of this test about sign-ins: what and how many failures. */
async function recorded() {
  const events = await database().auditEvent.findMany({
    where: { id: { gt: firstEvent }, action: { startsWith: "user.sign-in" } },
    orderBy: { id: "asc" },
  });
  return events.map(({ action, detail }) => [action, (detail as { limit?: string }).limit ?? ""].join(" "));
}
let firstEvent: bigint;
beforeEach(async () => {
  firstEvent = (await database().auditEvent.findFirst({ orderBy: { id: "desc" } }))!.id;
});
/** The time of a limit is over: its row's, not this process's clock says so. */
const passTime = () =>
  database().$executeRaw`UPDATE "RateLimit" SET "resetsAt" = "resetsAt" - interval '1 hour'`;
const counts = async () =>
  (await database().rateLimit.findMany({ orderBy: { key: "asc" } })).map(({ key, count }) => [key, count]);

describe("wrong sign-ins", () => {
  it("are checked five times at most, however many come at the same moment", async () => {
    const outcomes = await times(60, () => signIn({ address: strange }));
    expect(tally(outcomes)).toEqual({ wrong: 5, "too-many-sign-ins": 55 });
    expect(checks.all).toBe(5);
    expect(await signIn({ address: strange, password })).toBe("too-many-sign-ins");
  });

  it("from one address keep out nobody who comes from another one", async () => {
    await times(20, () => signIn({ address: strange }));
    expect(await signIn({ address: theirs, password })).toBe("in");
    expect(await signIn({ address: strange, password })).toBe("too-many-sign-ins");
  });

  it("at many accounts from one address are refused after thirty, the address's alone", async () => {
    const passwordHash = await hashPassword(password);
    const emails = Array.from({ length: 31 }, (_, at) => `reader-${at}@hospital.example`);
    await database().user.createMany({
      data: emails.map((email) => ({ email, name: email, role: "READER" as const, passwordHash })),
    });
    const outcomes = await times(30, (at) => signIn({ email: emails[at]!, address: strange }));
    expect(tally(outcomes)).toEqual({ wrong: 30 });
    expect(await signIn({ email: emails[30]!, address: strange, password })).toBe("too-many-sign-ins");
    expect(await signIn({ email: emails[30]!, address: theirs, password })).toBe("in");
  });

  it("at one account from many addresses are refused after a hundred in an hour", async () => {
    const { key } = signInLimits(email, theirs)[2];
    await times(3, (at) => signIn({ address: `192.0.2.${at}` }));
    await database().rateLimit.update({ where: { key }, data: { count: 100 } });
    expect(await signIn({ address: theirs, password })).toBe("too-many-sign-ins");
  });

  it("count for a network of IPv6 as a whole, and for an address of IPv4 in any writing", async () => {
    const key = (address: string) => signInLimits(email, address)[1].key;
    expect(key("2001:db8::1")).toBe(key("2001:DB8:0:0:1234::ffff"));
    expect(key("2001:db8::1")).not.toBe(key("2001:db8:0:1::1"));
    expect(key("::ffff:10.0.0.1")).toBe(key("10.0.0.1"));
  });

  it("are forgotten after a right one; the address's stay", async () => {
    await times(4, () => signIn({ address: theirs }));
    expect(await signIn({ address: theirs, password })).toBe("in");
    expect(tally(await times(5, () => signIn({ address: theirs })))).toEqual({ wrong: 5 });
    expect(new Set((await counts()).map(([, count]) => count))).toEqual(new Set([5, 9]));
  });

  it("may be made again once the span is over by the database's clock", async () => {
    await times(6, () => signIn({ address: theirs }));
    expect(await signIn({ address: theirs, password })).toBe("too-many-sign-ins");
    await passTime();
    expect(await signIn({ address: theirs, password })).toBe("in");
  });

  it("say how many seconds to wait", async () => {
    await times(5, () => signIn({ address: theirs }));
    await database().$executeRaw`UPDATE "RateLimit" SET "resetsAt" = now() + interval '90 seconds'`;
    const said = await authenticate({ email, password, address: theirs }).catch((error) => error);
    expect(said).toMatchObject({ kind: "unavailable", said: { code: "too-many-sign-ins" } });
    expect(said.said.seconds).toBeGreaterThan(80);
    expect(said.said.seconds).toBeLessThanOrEqual(90);
  });

  it("cost nothing once they are refused: no check, no row", async () => {
    await times(5, () => signIn({ address: strange }));
    const before = [checks.all, await counts(), await recorded()];
    expect(tally(await times(20, () => signIn({ address: strange })))).toEqual({ "too-many-sign-ins": 20 });
    expect([checks.all, await counts(), await recorded()]).toEqual(before);
  });
});

describe("a right sign-in", () => {
  it("leaves no count behind", async () => {
    expect(tally(await times(4, () => signIn({ address: theirs, password })))).toEqual({ in: 4 });
    expect(await counts()).toEqual([]);
  });
});

describe("the audit trail", () => {
  it("has the first wrong sign-in and the one that reaches a limit", async () => {
    for (let at = 0; at < 8; at++) await signIn({ address: strange });
    expect(await recorded()).toEqual(["user.sign-in-failed ", "user.sign-in-refused account-and-address"]);
    const last = await database().auditEvent.findFirst({ orderBy: { id: "desc" } });
    expect(last).toMatchObject({ subjectId: ownerId, address: strange, detail: { failures: 5 } });
  });

  it("has nothing of accounts that do not exist, which are refused as others are", async () => {
    const nobody = "nobody@hospital.example";
    const outcomes = await times(7, () => signIn({ email: nobody, address: strange }));
    expect(tally(outcomes)).toEqual({ wrong: 5, "too-many-sign-ins": 2 });
    expect(checks.all).toBe(5);
    expect(await recorded()).toEqual([]);
    expect(JSON.stringify(await counts())).not.toMatch(/nobody|192\.0/);
  });
});

describe("a change of password", () => {
  it("takes five wrong current ones, each recorded, then none for a while", async () => {
    const owner = (await findActor(ownerId, 0))!;
    const change = (current: string) =>
      outcome(changeOwnPassword(owner, { current, next: "another long password" }));
    const outcomes = await times(8, () => change("a wrong guess"));
    expect(tally(outcomes)).toEqual({ "wrong-password": 5, "too-many-wrong-passwords": 3 });
    const failures = { action: "user.password-change-failed", subjectId: ownerId };
    expect(await database().auditEvent.count({ where: failures })).toBe(5);
    expect(await change(password)).toBe("too-many-wrong-passwords");
    expect(await signIn({ address: theirs, password })).toBe("in");
    await passTime();
    await change(password);
    expect(await signIn({ address: theirs, password: "another long password" })).toBe("in");
  });
});

describe("password checks", () => {
  it("run two at a time at most; beyond fifty that wait they are refused", async () => {
    const passwordHash = await hashPassword(password);
    const outcomes = await times(60, () => outcome(verifyPassword(passwordHash, password)));
    expect(checks.most).toBeLessThanOrEqual(2);
    expect(tally(outcomes)).toEqual({ in: 50 + checks.most, "passwords-busy": 10 - checks.most });
  });

  it("that were refused for that count as no attempt", async () => {
    const passwordHash = await hashPassword(password);
    let goOn = () => {};
    checks.heldUntil = new Promise((resolve) => {
      goOn = resolve;
    });
    const busy = times(52, () => outcome(verifyPassword(passwordHash, password)));
    expect(await signIn({ address: theirs })).toBe("passwords-busy");
    expect(await counts()).toEqual([]);
    goOn();
    await busy;
  });
});
