import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { findActor } from "@/lib/features/users/find-actor";
import { unauthenticated } from "@/lib/platform/errors";
import type { Actor } from "@/lib/records/access";
import { addressHeader, lastAddress } from "./address";
import { authOptions } from "./auth";
import { originOf } from "./origin";

/**
 * Who asks, as the account is now: a role taken away or an account deactivated counts from the next request on.
 * Read once a request. Throws `unauthenticated`.
 */
export const currentActor = cache(async (): Promise<Actor> => {
  const actor = await sessionActor();
  if (!actor) throw unauthenticated();
  return actor;
});

/** The same for pages: who is not signed in is sent to the sign-in page, and from there back. */
export async function pageActor(): Promise<Actor> {
  const actor = await sessionActor();
  if (!actor) {
    const from = (await headers()).get(addressHeader);
    redirect(`/sign-in?ended=1${from ? `&from=${encodeURIComponent(from)}` : ""}`);
  }
  return actor;
}

const sessionActor = cache(async (): Promise<Actor | null> => {
  const session = await getServerSession(authOptions(originOf(await headers())));
  if (!session?.userId || session.sessionEpoch === undefined) return null;
  const actor = await findActor(session.userId, session.sessionEpoch);
  const address = lastAddress((await headers()).get("x-forwarded-for"));
  return actor && { ...actor, ...(address ? { address } : {}) };
});
