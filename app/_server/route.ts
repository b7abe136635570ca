import type { z } from "zod";
import { type ErrorKind, forbidden, invalid } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import type { Actor } from "@/lib/records/access";
import { sayRefusal } from "@/lib/words/refusals";
import { firstProblem } from "./action";
import { currentActor } from "./actor";
import { asRefusal } from "./as-refusal";
import { limitedBody } from "./limited-body";
import { isOfOtherSite } from "./origin";

const statuses: Record<ErrorKind, number> = {
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  invalid: 400,
  "too-large": 413,
  "too-slow": 408,
  conflict: 409,
  unavailable: 503,
};

/** Braces and brackets within each other, at most: what the routes take has five. */
const deepestJson = 20;

/** Bytes of a JSON body that a route takes, where it does not say another number. */
const usualLimit = 64 * 2 ** 10;

interface Context {
  params: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * A route handler: reads the actor, parses the input, runs the feature.
 *
 * The input is made of the query, a JSON body (where the request declares one; other bodies are left to `run`) and the
 * path's parameters, the later ones winning. A JSON body of more than `jsonLimit` bytes is refused. `run` returns a `Response`, or a value that is sent as JSON. What the
 * feature refuses becomes a status and `{error: {code, message, field?}}`.
 */
export function route<Schema extends z.ZodType>(
  schema: Schema,
  run: (actor: Actor, input: z.output<Schema>, request: Request) => Promise<unknown>,
  { jsonLimit = usualLimit }: { jsonLimit?: number } = {},
) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      const actor = await currentActor();
      // Server actions compare Origin and Host themselves; route handlers do not.
      if (isOfOtherSite(request)) throw forbidden({ code: "request-of-other-site" });
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const parsed = schema.safeParse({
        ...query,
        ...(await jsonBody(request, jsonLimit)),
        ...(await context.params),
      });
      if (!parsed.success) throw firstProblem(parsed.error);
      const result = await run(actor, parsed.data, request);
      return result instanceof Response
        ? result
        : Response.json(result ?? null, { headers: { "Cache-Control": "no-store" } });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

/** The error as the client sees it: the words of what is refused (`asRefusal`), a fault's never. */
export function errorResponse(error: unknown): Response {
  const headers = { "Cache-Control": "no-store" };
  const refused = asRefusal(error);
  if (refused) {
    const { kind, said, field } = refused;
    return Response.json(
      { error: { code: kind, message: sayRefusal(said), field } },
      { status: statuses[kind], headers },
    );
  }
  log.error("a request failed", error);
  const fault = { code: "fault", message: "Something went wrong on the server" };
  return Response.json({ error: fault }, { status: 500, headers });
}

async function jsonBody(request: Request, limit: number): Promise<object> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) return {};
  const text = new TextDecoder().decode(await limitedBody(request, limit));
  if (jsonDepth(text) > deepestJson) throw invalid("body", { code: "request-too-deep", limit: deepestJson });
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalid("body", { code: "no-json-object" });
  return body;
}

/** How deep braces and brackets stand within each other, in one pass and without a stack. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
