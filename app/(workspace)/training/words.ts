/** 1636 -> "1,636" */
export const count = (value: number) => value.toLocaleString("en");

/** "2026-03-01 09:41 UTC": one way of writing a moment, the same on server and client. */
export const moment = (date: Date) => `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** The first digits of a hash, enough to tell two apart by eye. */
export const shortHash = (hash: string) => hash.slice(0, 12);
