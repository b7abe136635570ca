/** What features of accounts refuse. */
export type UserRefusal =
  | { code: "no-such-account" }
  | { code: "wrong-password" }
  | { code: "same-password" }
  /** Another person knows the password: nothing else works until the account's owner has chosen one. */
  | { code: "password-change-due" }
  | { code: "last-admin" }
  | { code: "account-exists"; email: string }
  | { code: "too-many-sign-ins"; seconds: number }
  /** For a wrong current password, while one's own is changed. */
  | { code: "too-many-wrong-passwords"; seconds: number }
  /** Too many passwords wait to be checked; nothing is said about this one. */
  | { code: "passwords-busy" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    users: UserRefusal;
  }
}
