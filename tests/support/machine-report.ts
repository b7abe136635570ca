import { MachineReport } from "@/lib/features/system/schema";

const GIB = 2 ** 30;
/** Of a machine on which everything is good. */
export const machineReport = MachineReport.parse({
  examinedAt: "2026-11-25T12:00:00.000Z",
  host: "reading-1",
  platform: "linux x64",
  node: "v20.20.2",
  cpu: { model: "A processor", cores: 4, limit: null },
  memory: { total: 16 * GIB, available: 8 * GIB, limit: null },
  disk: { free: 100 * GIB, total: 200 * GIB },
  nvidia: [],
  onnxRuntime: {
    version: "1.30.0",
    providers: [
      { name: "cpu", bundled: true },
      { name: "cuda", bundled: false },
    ],
    used: "cpu",
    threads: 4,
    batch: 4,
  },
  backends: [
    { name: "tfjs-node-gpu", taken: false, reason: "not installed" },
    { name: "wasm", taken: true, reason: "WebAssembly on the CPU, one thread" },
  ],
  selfTest: { ran: true, difference: 3e-7, tolerance: 1e-4, milliseconds: 90 },
});
