import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

/** Three projects: pure science, features on a real Postgres, and workers with real networks. */
export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    alias: { "@": root },
    // What tests read without importing it: with `--changed` a change there runs them all.
    forceRerunTriggers: ["**/package.json", "**/vitest.config.*", "**/prisma/**", "**/tests/sql/**"],
    projects: ["science", "features", "workers"].map((name) => ({
      extends: true as const,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        setupFiles: name === "science" ? [] : [path.join(root, "tests/support/database-for-tests.ts")],
        // Two files run at once: a session with a thread for each processor would wait for the other's.
        env: { SULCUS_THREADS: "1" },
        testTimeout: 120_000,
        hookTimeout: 120_000,
        pool: "forks" as const,
        maxWorkers: 2,
      },
    })),
  },
});
