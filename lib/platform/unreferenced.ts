import type { PoolClient } from "pg";
import pg from "pg";
import { env } from "./env";
import { openPool } from "./pool";

/** Names handed to the database at once. */
const batchSize = 5_000;

export interface Column {
  table: string;
  column: string;
}

/**
 * Those of `names` that no row of `columns` holds. Names are compared inside the database, in a table of this connection
 * alone, so that memory stays flat whatever their number. A column of JSON holds a name where its text contains one of 64
 * hexadecimal digits that equals it.
 */
export async function unreferenced(
  names: AsyncIterable<string>,
  columns: readonly (Column & { json?: boolean })[],
): Promise<string[]> {
  return onOwnConnection(async (client) => {
    await client.query("CREATE TEMP TABLE candidate (name text PRIMARY KEY)");
    for await (const batch of batches(names))
      await client.query("INSERT INTO candidate SELECT unnest($1::text[]) ON CONFLICT DO NOTHING", [batch]);
    for (const { table, column, json } of columns) {
      const [from, value] = [pg.escapeIdentifier(table), `r.${pg.escapeIdentifier(column)}`];
      await client.query(
        json
          ? `DELETE FROM candidate c USING (SELECT DISTINCT found[1] AS name FROM ${from} r,
               LATERAL regexp_matches(${value}::text, '[0-9a-f]{64}', 'g') AS found) u WHERE u.name = c.name`
          : `DELETE FROM candidate c USING ${from} r WHERE ${value} = c.name`,
      );
    }
    const { rows } = await client.query<{ name: string }>("SELECT name FROM candidate ORDER BY name");
    return rows.map(({ name }) => name);
  });
}

/**
 * Every column that may name an object of the store, read from the database's own catalog, so that a new one cannot be
 * forgotten: text columns whose name ends with `sha256`, and all columns of JSON but those of `except`.
 */
export async function columnsNamingObjects(
  except: readonly string[],
): Promise<(Column & { json: boolean })[]> {
  return onOwnConnection(async (client) => {
    const { rows } = await client.query<Column & { json: boolean }>(
      `SELECT c.table_name AS "table", c.column_name AS "column", c.data_type IN ('json', 'jsonb') AS "json"
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
         AND (c.data_type IN ('json', 'jsonb') OR (c.data_type = 'text' AND lower(c.column_name) LIKE '%sha256'))
       ORDER BY 3, 1, 2`,
    );
    return rows.filter(({ table, column }) => !except.includes(`${table}.${column}`));
  });
}

async function* batches(names: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const name of names) {
    batch.push(name);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function onOwnConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const { pool, close } = openPool(env.databaseUrl, 1);
  try {
    const client = await pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  } finally {
    await close();
  }
}
