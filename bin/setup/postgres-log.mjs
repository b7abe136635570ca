import {
  closeSync,
  constants,
  existsSync,
  fchownSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/**
 * Moves a log's lines to `FILE.1`, and what was there to `FILE.2` and so on, once it has `maxBytes`; true if it did.
 * `files` are kept, `FILE` among them; of a log that has grown far beyond, the last `maxBytes`.
 *
 * The server keeps its log open and appends, so the lines are copied and the file is emptied. A line that is written
 * between the two is lost. The copy belongs to `user`, who alone may read it.
 */
export function rotateLog(file, user = {}, { maxBytes = 10 * 2 ** 20, files = 5 } = {}) {
  const size = logSize(file);
  if (size < maxBytes) return false;
  const copy = `${file}.new`;
  rmSync(copy, { force: true });
  // The folder is the Postgres user's, and this may be root: no link in it is followed.
  const log = openSync(file, O_RDWR | O_NOFOLLOW);
  try {
    copyTail(log, size, maxBytes, copy, user);
    for (let number = files - 1; number > 1; number--)
      if (existsSync(`${file}.${number - 1}`)) renameSync(`${file}.${number - 1}`, `${file}.${number}`);
    renameSync(copy, `${file}.1`);
    ftruncateSync(log, 0);
  } finally {
    closeSync(log);
    rmSync(copy, { force: true }); // left over where the disk is full
  }
  return true;
}

/** A log's bytes; 0 where there is none. */
export function logSize(file) {
  return existsSync(file) ? statSync(file).size : 0;
}

/** What was written to a log from a position on, at most its last 64 KiB. */
export function logSince(file, position) {
  const size = logSize(file);
  if (size <= position) return "";
  const log = openSync(file, O_RDONLY | O_NOFOLLOW);
  try {
    return readTail(log, size, Math.min(size - position, 2 ** 16)).toString();
  } finally {
    closeSync(log);
  }
}

function copyTail(log, size, maxBytes, copy, { uid, gid }) {
  const target = openSync(copy, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    if (uid !== undefined) fchownSync(target, uid, gid);
    const bytes = readTail(log, size, maxBytes);
    for (let written = 0; written < bytes.length; ) written += writeSync(target, bytes, written);
  } finally {
    closeSync(target);
  }
}

function readTail(log, size, length) {
  const bytes = Buffer.alloc(Math.min(size, length));
  const read = readSync(log, bytes, 0, bytes.length, size - bytes.length);
  return bytes.subarray(0, read);
}
