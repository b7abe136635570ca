import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";
import { SetupProblem } from "./problem.mjs";

const stamp = path.join(root, "lib/platform/generated/.made-from");

/** Generates the database client when the schema or Prisma has changed. */
export async function ensurePrismaClient({ step }, children) {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await step("Database client", "generate the database client", async () => {
    const prisma = path.join(root, "node_modules/prisma/build/index.js");
    const env = { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" };
    const { code, output } = await children.run(process.execPath, [prisma, "generate"], { cwd: root, env });
    if (code !== 0) throw new SetupProblem(`Generating the database client failed. Prisma says: ${output}`);
    writeFileSync(stamp, wanted);
  });
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"])
    hash.update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}
