import type { Actor } from "@/lib/records/access";

/**
 * True where a person gives an account its password: two people know it then, and a label would not say for certain who
 * wrote it. The command line owns the installation; it makes the demo's accounts, and its user's own.
 */
export const setByAnother = (actor: Actor): boolean => actor.id !== null;
