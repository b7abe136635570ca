import { execFile } from "node:child_process";
import { typescriptCommand, typescriptEnv } from "../../bin/setup/typescript-command.mjs";

/** Runs the command line in a process of its own, on this test file's database and data folder. */
export function runSulcus(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { command, args } = typescriptCommand("bin/sulcus.ts", words);
  const env = { ...process.env, ...typescriptEnv, NODE_OPTIONS: "" };
  return new Promise((resolve) => {
    execFile(command, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
