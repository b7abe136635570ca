import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { findActor } from "@/lib/features/users/find-actor";
import type { SignedInActor } from "@/lib/features/users/schema";
import { forbidden, unauthenticated } from "@/lib/platform/errors";
import type { Actor } from "@/lib/records/access";
import { addressHeader, lastAddress } from "./address";
import { authOptions } from "./auth";
import { originOf } from "./origin";

/**
 * Who asks, as the account is now: a role taken away or an account deactivated counts from the next request on.
 * Throws `unauthenticated`; `forbidden` while a new password is due, unless `evenIfPasswordDue`.
 */
export async function currentActor({ evenIfPasswordDue = false } = {}): Promise<Actor> {
  const actor = await sessionActor();
  if (!actor) throw unauthenticated();
  if (actor.mustChangePassword && !evenIfPasswordDue) throw forbidden({ code: "password-change-due" });
  return actor;
}

/**
 * The same for pages: who is not signed in is sent to the sign-in page, who has to choose a password to the page for
 * that, and both from there back.
 */
export async function pageActor(): Promise<Actor> {
  const actor = await signedInActor();
  if (actor.mustChangePassword) redirect(`/change-password${await fromHere("?")}`);
  return actor;
}

/** The person behind a page's session, also while a new password is due. */
export async function signedInActor(): Promise<SignedInActor> {
  const actor = await sessionActor();
  if (!actor) redirect(`/sign-in?ended=1${await fromHere("&")}`);
  return actor;
}

/** The page's own address, for the way back. */
async function fromHere(before: "?" | "&"): Promise<string> {
  const from = (await headers()).get(addressHeader);
  return from ? `${before}from=${encodeURIComponent(from)}` : "";
}

/** Read once a request. */
const sessionActor = cache(async (): Promise<SignedInActor | null> => {
  const session = await getServerSession(authOptions(originOf(await headers())));
  if (!session?.userId || session.sessionEpoch === undefined) return null;
  const actor = await findActor(session.userId, session.sessionEpoch);
  const address = lastAddress((await headers()).get("x-forwarded-for"));
  return actor && { ...actor, ...(address ? { address } : {}) };
});
