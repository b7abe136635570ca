import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type OpenDatabase, opened } from "./disconnect";
import { env } from "./env";
import { type Prisma, PrismaClient } from "./generated/client";
import { openPool } from "./pool";

/** The client inside a transaction; what change, audit and enqueue share. */
export type Transaction = Prisma.TransactionClient;
export { disconnect } from "./disconnect";
export type { Prisma } from "./generated/client";

const global = opened as { sulcusDatabase?: OpenDatabase<PrismaClient> };

/** One client a process, also across the dev server's reloads. Connects on first use. */
export function database(): PrismaClient {
  global.sulcusDatabase ??= openDatabase();
  return global.sulcusDatabase.client;
}

function openDatabase(): OpenDatabase<PrismaClient> {
  const { pool, close } = openPool(env.databaseUrl, 10);
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 15_000, timeout: 60_000 },
  });
  return { client, close };
}

/**
 * Runs `work` in one transaction, which ends after a minute, or after `timeoutMs`, whatever it is doing.
 *
 * Never catch a database error inside: Postgres has then aborted the transaction, Prisma would report success and
 * the rows would be gone. Catch around.
 */
export function transaction<T>(
  work: (db: Transaction) => Promise<T>,
  { timeoutMs }: { timeoutMs?: number } = {},
): Promise<T> {
  return database().$transaction(work, timeoutMs ? { timeout: timeoutMs } : {});
}

/**
 * Runs reads that belong together in one snapshot of the database, so that what is switched in one transaction is seen
 * switched as a whole or not at all, whatever number of statements the reads take. Reads alone never fail for it.
 */
export function consistentRead<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
  return database().$transaction(work, { isolationLevel: "RepeatableRead" });
}

/** True for a violated unique constraint: the slower of two writers. */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string })?.code === "P2002";
}

/**
 * Listens to a Postgres channel on a connection of its own; reconnects when it is lost.
 *
 * Returns a function that ends the listening.
 */
export function listen(channel: string, onMessage: (payload: string) => void): () => Promise<void> {
  let ended = false;
  let client: pg.Client | undefined;
  const connect = async () => {
    if (ended) return;
    client = new pg.Client({ connectionString: env.databaseUrl });
    client.on("notification", (message) => onMessage(message.payload ?? ""));
    // An idle connection ends when Postgres restarts; try again until it is back.
    client.on("error", () => {});
    client.once("end", () => setTimeout(connect, 1_000).unref());
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch {
      client.end().catch(() => {});
    }
  };
  void connect();
  return async () => {
    ended = true;
    await client?.end().catch(() => {});
  };
}
