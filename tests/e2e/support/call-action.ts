import type { BuiltAction } from "./entry-points";

export interface Client {
  baseURL: string;
  /** The session's cookie; empty for nobody's. */
  cookie: string;
}

/** What a server action answered over HTTP: its outcome, or where it was sent instead. */
export interface ActionAnswer {
  redirect?: string;
  outcome?: { ok: true; data: unknown } | { ok: false; code: string; message: string };
}

/** Calls a server action the way a page does, but with any input and from anyone. */
export async function callAction(
  client: Client,
  action: BuiltAction,
  page: string,
  input: unknown,
): Promise<ActionAnswer> {
  const response = await fetch(new URL(page, client.baseURL), {
    method: "POST",
    redirect: "manual",
    headers: {
      Accept: "text/x-component",
      "Content-Type": "text/plain;charset=UTF-8",
      "Next-Action": action.id,
      Origin: new URL(client.baseURL).origin,
      Cookie: client.cookie,
    },
    body: JSON.stringify([input]),
  });
  const text = await response.text();
  const location = response.headers.get("location");
  if (location) return { redirect: new URL(location, client.baseURL).pathname };
  // The outcome is a row of its own in React's answer.
  const found = /^\w+:(\{"ok":.*\})$/m.exec(text);
  return found ? { outcome: JSON.parse(found[1]!) } : {};
}
