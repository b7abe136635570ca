import { z } from "zod";
import type { Actor } from "@/lib/records/access";

export const roles = ["READER", "REVIEWER", "ADMIN"] as const;

export const Email = z.email("This is not an e-mail address").max(254).toLowerCase();
/** Characters of a password, at least. */
export const shortestPassword = 12;
/** NIST SP 800-63B: length counts, composition rules do not. */
export const Password = z
  .string()
  .min(shortestPassword, `A password has at least ${shortestPassword} characters`)
  .max(256, "A password has at most 256 characters");

export const SignIn = z.strictObject({ email: Email, password: z.string().min(1).max(256) });
export const CreateUser = z.strictObject({
  email: Email,
  name: z.string().trim().min(1, "A name is needed").max(100).optional(),
  role: z.enum(roles),
  /** Generated and returned once where it is not given. */
  password: Password.optional(),
});
export const ChangeRole = z.strictObject({ userId: z.uuid(), role: z.enum(roles) });
export const UserId = z.strictObject({ userId: z.uuid() });
export const ChangeOwnPassword = z.strictObject({ current: z.string().min(1).max(256), next: Password });

/** The person behind a session. */
export interface SignedInActor extends Actor {
  /** Another person knows the password: nothing but choosing a new one is allowed. */
  mustChangePassword: boolean;
}

/** A row of the user list. */
export interface UserView {
  id: string;
  email: string;
  name: string;
  role: (typeof roles)[number];
  deactivatedAt: Date | null;
  /** Has a password from an admin, and has not chosen one since. */
  mustChangePassword: boolean;
  createdAt: Date;
  /** Labels this person has written. */
  labels: number;
}
