import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { typescriptCommand, typescriptEnv } from "../../bin/setup/typescript-command.mjs";
import { softwareAdapter } from "../support/software-adapter";

async function lossesOn(backend: "wasm" | "webgpu", environment: Record<string, string> = {}) {
  const { command, args } = typescriptCommand("tests/support/tiny-fine-tune.ts", [backend]);
  const { stdout } = await promisify(execFile)(command, args, {
    env: { ...process.env, ...typescriptEnv, ...environment, NODE_OPTIONS: "" },
    timeout: 140_000,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as { backend: string; losses: number[] };
}

describe("fine-tuning a tiny network", { timeout: 300_000 }, () => {
  const adapter = softwareAdapter();
  if (!adapter) console.warn("skipped: no Chromium here has a software graphics adapter (SwiftShader)");

  it.skipIf(!adapter)("gives on WebGPU the losses that it gives on WebAssembly, to 1e-4", async () => {
    const wasm = await lossesOn("wasm");
    const webgpu = await lossesOn("webgpu", adapter!);
    expect([wasm.backend, webgpu.backend]).toEqual(["wasm", "webgpu"]);
    expect(wasm.losses).toHaveLength(2 * (3 * 2 + 1));
    expect(webgpu.losses).toHaveLength(wasm.losses.length);
    for (const [index, loss] of wasm.losses.entries())
      expect(Math.abs(webgpu.losses[index]! - loss), `loss ${index}`).toBeLessThan(1e-4);
  });
});
