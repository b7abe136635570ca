import { readFileSync } from "node:fs";
import { arch } from "node:os";

let known: boolean | undefined;

/**
 * Whether this processor adds products of 8-bit integers in 32 bits: x86 with VNNI or AMX, and everything that is not
 * x86. An x86 without adds pairs in 16 bits, where they saturate. False where the system does not tell.
 */
export function hasExactInt8(): boolean {
  known ??= arch() !== "x64" || tellsVnni(readCpuInfo());
  return known;
}

/** `cpuInfo` is the text of Linux' /proc/cpuinfo. */
export function tellsVnni(cpuInfo: string): boolean {
  const flags = /^flags\s*:(.*)$/m.exec(cpuInfo)?.[1]?.split(" ") ?? [];
  return flags.some((flag) => ["avx_vnni", "avx512_vnni", "amx_int8"].includes(flag));
}

function readCpuInfo(): string {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}
