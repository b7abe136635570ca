import { execFile } from "node:child_process";
import { compiledCommand } from "../../bin/setup/compile.mjs";
import { compile } from "./compiled";

/** Runs the command line in a process of its own, on this test file's database and data folder. */
export async function runSulcus(
  ...words: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  await compile();
  const { command, args } = compiledCommand("sulcus", words);
  const env = { ...process.env, NODE_OPTIONS: "" };
  return new Promise((resolve) => {
    execFile(command, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
