import pino from "pino";

/**
 * One JSON object a line on standard error: `{"level","time","pid","msg"}`, and `err` with the stack of a fault.
 * Written at once, so that nothing is lost when the process ends. Log ids, never patient data.
 */
const logger = pino(
  {
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  },
  pino.destination({ fd: 2, sync: true }),
);

/** For programs whose standard error is read by others: only warnings and faults are written after this call. */
export function quietLog(): void {
  logger.level = "warn";
}

export const log = {
  info: (text: string) => logger.info(text),
  warn: (text: string) => logger.warn(text),
  /** A fault: the stack goes along, since nobody was told what to do about it. */
  error: (text: string, error?: unknown) => logger.error(error === undefined ? {} : { err: error }, text),
};
