import { quietLog } from "@/lib/platform/log";
import { examineMachine } from "./examine-machine";

/** Examines this machine and writes the report as JSON: `node --import tsx workers/health/main.ts`. */
quietLog();
// Another process may be training on the GPU: take no more of its memory than is needed.
process.env.TF_FORCE_GPU_ALLOW_GROWTH = "true";
const report = JSON.stringify(await examineMachine());
// A live GPU or wasm backend would keep the process.
process.stdout.write(report, () => process.exit(0));
