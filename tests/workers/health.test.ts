import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Capabilities } from "@/lib/features/system/schema";
import { database, disconnect } from "@/lib/platform/database";
import { dataFolder } from "@/lib/platform/storage";
import { readSafetensors, writeSafetensors } from "@/lib/science/network/safetensors";
import { memoryLimit, readCpuLimit, readNvidiaDevices } from "@/workers/health/read-limits";
import { reportMachine } from "@/workers/health/report-machine";
import { goldenPath, selfTest } from "@/workers/health/self-test";
import { typescriptCommand, typescriptEnv } from "../../bin/setup/typescript-command.mjs";
import { shareGraph } from "../support/worker-process";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sulcus-health-"));
  await shareGraph();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await disconnect();
});

async function write(file: string, text: string) {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

describe("limits of a container", () => {
  it("are read from control groups of version 2 and 1, and are none where there is none", async () => {
    await write("v2/cpu.max", "150000 100000\n");
    await write("free/cpu.max", "max 100000\n");
    await write("v1/cpu/cpu.cfs_quota_us", "50000\n");
    await write("v1/cpu/cpu.cfs_period_us", "100000\n");
    await write("free1/cpu/cpu.cfs_quota_us", "-1\n");
    await write("free1/cpu/cpu.cfs_period_us", "100000\n");
    const limits = ["v2", "free", "v1", "free1", "nothing"].map((name) =>
      readCpuLimit(path.join(folder, name)),
    );
    expect(limits).toEqual([1.5, null, 0.5, null, null]);
    expect([memoryLimit(2e9, 8e9), memoryLimit(0, 8e9), memoryLimit(1.8e19, 8e9)]).toEqual([2e9, null, null]);
  });

  it("an NVIDIA device goes by the name that its driver gives", async () => {
    await write("gpus/0000:01:00.0/information", "Model: \t A card\nIRQ: 1\n");
    const root = path.join(folder, "gpus");
    expect(readNvidiaDevices(() => ["0000:01:00.0", "0000:02:00.0"], root)).toEqual([
      "A card",
      "an NVIDIA device",
    ]);
    expect(readNvidiaDevices(() => [], root)).toEqual([]);
  });
});

describe("the self-test", () => {
  it("finds that the shipped network gives the values that it should", async () => {
    const result = await selfTest(await dataFolder("graphs"), 1);
    expect(result).toMatchObject({ ran: true, tolerance: 1e-4 });
    expect(result.ran && result.difference).toBeLessThan(1e-5);
    expect(result.ran && result.milliseconds).toBeGreaterThan(1);
  });

  it("tells other values, another network, and a file that cannot be read", async () => {
    const { tensors, metadata } = readSafetensors(await readFile(goldenPath));
    const features = tensors.get("features")!;
    const file = path.join(folder, "golden.safetensors");
    const others = new Map([
      ["features", { ...features, values: features.values.map((value) => value * 1.01) }],
    ]);
    await writeFile(file, writeSafetensors(others, metadata));
    const graphs = await dataFolder("graphs");
    const result = await selfTest(graphs, 1, file);
    expect(result.ran && result.difference).toBeCloseTo(0.01 / 1.01, 4);

    await writeFile(file, writeSafetensors(others, { base: "another" }));
    expect(await selfTest(graphs, 1, file)).toMatchObject({
      ran: false,
      reason: expect.stringMatching(/not the one/),
    });
    await writeFile(file, "short");
    expect(await selfTest(graphs, 1, file)).toMatchObject({
      ran: false,
      reason: expect.stringMatching(/^Not a usable safetensors file/),
    });
  });
});

describe("a worker", () => {
  it("keeps what a process of its own found on its machine", async () => {
    const id = randomUUID();
    await database().workerProcess.create({
      data: { id, host: "here", pid: 1, heartbeatAt: new Date(), capabilities: { cpus: 2 } },
    });
    const { args } = typescriptCommand("workers/health/main.ts");
    Object.assign(process.env, typescriptEnv);
    await reportMachine(id, args.slice(0, 2));
    const row = await database().workerProcess.findUniqueOrThrow({ where: { id } });
    const { machine, cpus } = Capabilities.parse(row.capabilities);
    expect(cpus).toBe(2);
    expect(machine).toMatchObject({
      host: os.hostname(),
      node: process.version,
      onnxRuntime: { used: "cpu" },
      selfTest: { ran: true },
    });
    expect(machine?.backends.filter(({ taken }) => taken)).toHaveLength(1);
    expect(JSON.stringify(machine)).not.toContain(os.homedir());
  });

  it("goes on where examining fails", async () => {
    await reportMachine(randomUUID(), ["--no-such-option"]);
  });
});
