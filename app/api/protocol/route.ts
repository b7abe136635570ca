import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { findProtocol } from "@/lib/features/protocol/find-protocol";
import { FindProtocol } from "@/lib/features/protocol/schema";

/** The annotation protocol, its newest version or `version`; null where none is written yet. */
export const GET = route(FindProtocol, async (actor, input, request) =>
  cachedJson(request, await findProtocol(actor, input)),
);
