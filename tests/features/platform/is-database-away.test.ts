import { afterAll, describe, expect, it } from "vitest";
import { asRefusal } from "@/app/_server/as-refusal";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { isDatabaseAway } from "@/lib/platform/is-database-away";
import { openPool } from "@/lib/platform/pool";
import { freePort } from "../../../bin/setup/port.mjs";
import { emptyDatabase, makeActor } from "../../support/factories";

afterAll(disconnect);

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

describe("a database that goes away", () => {
  it("is told from a statement that fails, and its connections are replaced", async () => {
    const ended = await failure(database().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
    expect(isDatabaseAway(ended)).toBe(true);
    const halfway = await failure(
      transaction(async (db) => {
        const [own] = await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
        await database().$queryRaw`SELECT pg_terminate_backend(${own!.pid}::int, 10000)`;
        await db.$queryRaw`SELECT 1`;
      }),
    );
    expect(isDatabaseAway(halfway)).toBe(true);
    expect(await database().$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);

    expect(isDatabaseAway(await failure(database().$queryRaw`SELECT nonsense`))).toBe(false);
    await emptyDatabase();
    const { email } = await makeActor("READER");
    const twice = await failure(
      database().user.create({ data: { email, name: "", passwordHash: "", role: "READER" } }),
    );
    expect(isDatabaseAway(twice)).toBe(false);
    expect(isDatabaseAway(null)).toBe(false);
  });

  it("is said to whoever asked, as something that passes", async () => {
    const { pool, close } = openPool(`postgresql://u:p@127.0.0.1:${await freePort()}/x`, 1);
    const refused = await failure(pool.query("SELECT 1"));
    await close();
    expect(asRefusal(refused)).toMatchObject({ kind: "unavailable", said: { code: "database-away" } });
    expect(asRefusal(new Error("a fault"))).toBe(null);
  });

  it("leaves the process alone that has a connection in use", async () => {
    const { pool, close } = openPool(process.env.DATABASE_URL!, 1);
    const client = await pool.connect();
    const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
    const lost = new Promise((resolve) => client.once("end", resolve));
    await database().$queryRaw`SELECT pg_terminate_backend(${rows[0].pid}::int)`;
    await lost;
    client.release();
    await close();
  });
});
