import type { ErrorKind } from "@/lib/platform/errors";

/** What a value is after its way through JSON: a date is its ISO text. */
export type AsJson<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? AsJson<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: AsJson<Value[Key]> }
      : Value;

/** `fault`: the server failed. `unreachable`: nobody answered, or something between the browser and the server did. */
export type RefusalCode = ErrorKind | "fault" | "unreachable";

/** A request that did not get what it asked for, with a sentence for the reader. */
export class Refused extends Error {
  override name = "Refused";
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A request on a line that is neither up nor down is given up after this long. */
const longestMs = 60_000;

/** Reads a GET route. Throws `Refused`. */
export function getJson<Value>(url: string, signal?: AbortSignal): Promise<AsJson<Value>> {
  return request<Value>(url, { signal: signal ?? AbortSignal.timeout(longestMs) });
}

/** Asks a POST route to change something. Throws `Refused`. */
export function postJson<Value>(url: string, body: object = {}): Promise<AsJson<Value>> {
  return request<Value>(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(longestMs),
  });
}

async function request<Value>(url: string, init: RequestInit): Promise<AsJson<Value>> {
  const response = await fetch(url, init).catch(() => {
    throw unreachable();
  });
  // What is no JSON is a proxy's own page.
  const body = (await response.json().catch(() => {
    throw unreachable();
  })) as AsJson<Value> | { error?: { code: RefusalCode; message: string } };
  if (response.ok) return body as AsJson<Value>;
  const { error } = body as { error?: { code: RefusalCode; message: string } };
  throw error ? new Refused(error.code, error.message) : unreachable();
}

export const unreachableWords = "The server could not be reached.";
const unreachable = () => new Refused("unreachable", unreachableWords);
