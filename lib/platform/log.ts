/** One line a message, `time level text`, on stderr. Log ids, never patient data. */
function write(level: string, text: string) {
  process.stderr.write(`${new Date().toISOString()} ${level} ${text}\n`);
}

let quiet = false;

/** For programs whose standard error is read by others: only warnings and faults are written from here on. */
export function quietLog(): void {
  quiet = true;
}

export const log = {
  info: (text: string) => {
    if (!quiet) write("info", text);
  },
  warn: (text: string) => write("warn", text),
  /** A fault: the stack goes along, since nobody was told what to do about it. */
  error: (text: string, error?: unknown) =>
    write("error", error instanceof Error ? `${text}: ${error.stack ?? error.message}` : text),
};
