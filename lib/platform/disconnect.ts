/** What a process has open; kept across the dev server's reloads. */
export interface OpenDatabase<Client> {
  client: Client;
  close(): Promise<void>;
}

/** Where the one open database of a process is kept; typed by the module that opens it. */
export const opened = globalThis as {
  sulcusDatabase?: OpenDatabase<{ $disconnect(): Promise<void> }>;
};

/** Closes this process's connections; `database()` opens new ones. Loads nothing where none was opened. */
export async function disconnect(): Promise<void> {
  const { sulcusDatabase } = opened;
  delete opened.sulcusDatabase;
  await sulcusDatabase?.client.$disconnect();
  await sulcusDatabase?.close();
}
