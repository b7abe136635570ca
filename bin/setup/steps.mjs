import { explain } from "./problem.mjs";

/**
 * Reports the steps of set-up to people: one line each with its duration, and while it runs its progress.
 * On a terminal the line is rewritten in place; elsewhere (logs) progress appears at most every 10 s.
 */
export function makeReporter(out = process.stdout) {
  const live = Boolean(out.isTTY);
  let line = null;

  const draw = () => {
    if (!line) return;
    const text = `  … ${line.name}${line.progress ? `: ${line.progress}` : ""} (${seconds(line.began)})`;
    if (live) out.write(`\r\x1b[2K${text.slice(0, (out.columns || 80) - 1)}`);
    else if (Date.now() - line.shown >= 10_000) {
      line.shown = Date.now();
      out.write(`${text}\n`);
    }
  };

  /** Prints a line of its own, above the running step. */
  const say = (text) => {
    out.write(`${live && line ? "\r\x1b[2K" : ""}${text}\n`);
    draw();
  };

  /**
   * Runs `work(progress)`, where `progress(text)` tells how far it is; `doing` completes "could not ...".
   * A step may return `{ note }` to add a few words, or `{ quiet: true }` to leave no line behind.
   */
  const step = async (name, doing, work) => {
    line = { name, progress: "", began: Date.now(), shown: Date.now() };
    draw();
    const ticking = setInterval(draw, 500);
    try {
      const result = await work((progress) => {
        line.progress = progress;
      });
      const done = `  ✓ ${name}${result?.note ? `: ${result.note}` : ""} (${seconds(line.began)})`;
      if (live) out.write("\r\x1b[2K");
      if (!result?.quiet) out.write(`${done}\n`);
      return result;
    } catch (error) {
      out.write(`${live ? "\r\x1b[2K" : ""}  ✗ ${name} (${seconds(line.began)})\n`);
      throw explain(error, doing);
    } finally {
      clearInterval(ticking);
      line = null;
    }
  };

  return { say, step };
}

function seconds(began) {
  const passed = (Date.now() - began) / 1000;
  return passed < 60
    ? `${passed.toFixed(1)} s`
    : `${Math.floor(passed / 60)} min ${Math.round(passed % 60)} s`;
}
