import type { BadgeTone } from "@/app/_ui/badge";
import type { ImportView } from "@/lib/features/imports/schema";

interface Look {
  word: string;
  mark: string;
  tone: BadgeTone;
}

const looks: Record<ImportView["state"], Look> = {
  UPLOADING: { word: "uploading", mark: "↑", tone: "accent" },
  INSPECTING: { word: "checking", mark: "▶", tone: "accent" },
  READY: { word: "ready to import", mark: "?", tone: "human" },
  IMPORTING: { word: "importing", mark: "▶", tone: "accent" },
  DONE: { word: "imported", mark: "✓", tone: "ok" },
  FAILED: { word: "failed", mark: "✕", tone: "flag" },
  CANCELLED: { word: "cancelled", mark: "■", tone: "neutral" },
};

/** Where an import stands: word, shape and colour. */
export function importLook(state: ImportView["state"]): Look {
  return looks[state];
}

/** e.g. `156 MB`, `1.5 GB`; powers of 1000, as file managers count. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
