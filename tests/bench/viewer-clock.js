/**
 * In a page of the bench: milliseconds from a key press, or a move of the pointer, to the end of the frame that shows
 * what came of it. `arm` before the press, `result` after it.
 */
(() => {
  let wanted = null;
  let startedAt = null;
  let done = null;
  let seen = false;

  const look = () => {
    if (wanted && startedAt !== null && !seen && wanted.shows()) seen = true;
  };
  const note = (event) => {
    if (wanted?.kind === event.type && startedAt === null) startedAt = event.timeStamp;
  };
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    if (!seen) return;
    const took = performance.now() - startedAt;
    [wanted, seen, startedAt] = [null, false, null];
    done(took);
  };
  // The message of a frame arrives when the frame is painted.
  const frame = () => {
    painted.port2.postMessage(null);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  for (const kind of ["keydown", "pointermove"]) addEventListener(kind, note, { capture: true });
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });

  let result = null;
  window.clock = {
    /** `kind`: the event that begins it, or "load" for the page's own beginning. */
    arm(kind, shows) {
      [wanted, seen, startedAt] = [{ kind, shows }, false, kind === "load" ? 0 : null];
      result = new Promise((resolve) => {
        done = resolve;
      });
      look();
    },
    result: () => result,
  };
})();
