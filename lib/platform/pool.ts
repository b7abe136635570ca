import pg from "pg";

/**
 * A pool of connections whose `close` waits until every connection is closed. A plain pool's `end` does not, and one
 * that is still closing when Postgres stops throws where nobody can catch it.
 */
export function openPool(connectionString: string, max: number): { pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max });
  // An idle connection ends when Postgres restarts; the next query opens another.
  pool.on("error", () => {});
  const open = new Set<Promise<void>>();
  pool.on("connect", (client) => {
    // One in use may be lost between two statements: the next one fails, not the process.
    client.on("error", () => {});
    const closed = new Promise<void>((resolve) => client.once("end", resolve)).then(() => {
      open.delete(closed);
    });
    open.add(closed);
  });
  return {
    pool,
    async close() {
      await pool.end();
      await Promise.all(open);
    },
  };
}
