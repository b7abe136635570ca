import pg from "pg";
import { env } from "./env";

/**
 * The rows of one statement, on a connection of its own. For a command that reads one thing and ends: it is done before
 * Prisma's query compiler would have started.
 */
export async function queryOnce<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: env.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
