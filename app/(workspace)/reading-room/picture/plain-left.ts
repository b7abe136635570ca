/** True for the left button without Shift, Ctrl and the like; a finger counts as one. */
export function isPlainLeft(event: unknown): boolean {
  if (!(event instanceof MouseEvent)) return true;
  return event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
}
