import { ensureCompiled } from "../../bin/setup/compile.mjs";

/** Never called. They tell `--changed` that tests which import this file run this code, in other processes. */
export const programs = [() => import("@/workers/main"), () => import("@/bin/sulcus")];

/** Compiles command line and worker, unless these very sources are compiled already. */
export function compile(): Promise<void> {
  return ensureCompiled({
    step: async (_name: string, _what: string, work: () => Promise<unknown>) => void (await work()),
  });
}
