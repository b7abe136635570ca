/**
 * Copies what an element shows; true where that worked. By the selection, because browsers offer `navigator.clipboard`
 * on https and localhost alone. What was copied stays selected, so that a person may copy it by hand.
 */
export function copyText(element: HTMLElement): boolean {
  window.getSelection()?.selectAllChildren(element);
  return document.execCommand("copy");
}
