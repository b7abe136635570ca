import { statfsSync } from "node:fs";

/** A warning where less than 1 GB is free for `folder`, else null. */
export function lowDiskWarning(folder) {
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / 1e6);
  if (freeMb >= 1000) return null;
  return `  ! Only ${freeMb} MB are free on the disk of ${folder}. Images and models need room; at 0 everything stops.`;
}

/** Whether the disk of `folder` has no room left for anything. */
export function isDiskFull(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 100_000;
}
