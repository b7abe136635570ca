import path from "node:path";

/** The repository. */
export const root = path.resolve(import.meta.dirname, "../..");

/** The installation's data folder, absolute: SULCUS_DATA, or `.data` in the repository. */
export function dataFolder() {
  return path.resolve(root, process.env.SULCUS_DATA || ".data");
}
