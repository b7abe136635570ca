import type { roles } from "@/lib/features/users/schema";

export type Role = (typeof roles)[number];

export const roleOptions: { value: Role; label: string }[] = [
  { value: "READER", label: "Reader" },
  { value: "REVIEWER", label: "Reviewer" },
  { value: "ADMIN", label: "Admin" },
];
