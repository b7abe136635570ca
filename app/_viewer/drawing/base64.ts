/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call takes some ten thousand arguments at most.
  for (let start = 0; start < bytes.length; start += 8_192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return btoa(text);
}

/** The inverse of `toBase64`. Throws where it is none. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
