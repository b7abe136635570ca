import path from "node:path";
import { defineConfig } from "prisma/config";

// The engine that Prisma would fetch from the network is replaced by its WebAssembly form, which npm brought.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "prisma/schema-engine.mjs");

/** For `npx prisma ...`: commands on a database take its address from DATABASE_URL. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://127.0.0.1/sulcus" },
});
