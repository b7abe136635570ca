/** Bytes as base64 (RFC 4648, section 4), in the browser and on the server alike. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // A function takes some ten thousand arguments at most.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** The bytes of `toBase64`'s text. Throws `RangeError` for anything else. */
export function fromBase64(text: string): Uint8Array {
  const decoded = decode(text);
  const bytes = new Uint8Array(decoded.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = decoded.charCodeAt(at);
  return bytes;
}

function decode(text: string) {
  try {
    return atob(text);
  } catch {
    throw new RangeError("not base64");
  }
}
