import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Cores that a control group (Linux, versions 2 and 1) leaves to its processes; null without a limit. `root` is where
 * the control groups are mounted.
 */
export function readCpuLimit(root = "/sys/fs/cgroup"): number | null {
  const [quota, period] =
    readWords(path.join(root, "cpu.max")) ??
    [
      readWords(path.join(root, "cpu/cpu.cfs_quota_us")),
      readWords(path.join(root, "cpu/cpu.cfs_period_us")),
    ].flat();
  const cores = Number(quota) / Number(period);
  // "max" in version 2, -1 in version 1: no limit.
  return Number.isFinite(cores) && cores > 0 ? cores : null;
}

function readWords(file: string): string[] | null {
  try {
    return readFileSync(file, "utf8").trim().split(/\s+/);
  } catch {
    return null;
  }
}

/** Node's word for the memory limit of a control group, which is 0 or beyond every memory without one. */
export function memoryLimit(constrained: number, total: number): number | null {
  return constrained > 0 && constrained < total ? constrained : null;
}

/** Names of the NVIDIA devices that the kernel's driver lists; empty for none. `root` is the driver's folder. */
export function readNvidiaDevices(
  list: (folder: string) => string[],
  root = "/proc/driver/nvidia/gpus",
): string[] {
  return list(root).map((gpu) => {
    const lines = readText(path.join(root, gpu, "information"));
    return /^Model:\s*(.+)$/m.exec(lines)?.[1]?.trim() ?? "an NVIDIA device";
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
