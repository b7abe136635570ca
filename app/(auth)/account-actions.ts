"use server";
import { action } from "@/app/_server/action";
import { changeOwnPassword } from "@/lib/features/users/change-own-password";
import { ChangeOwnPassword } from "@/lib/features/users/schema";

export const changeOwnPasswordAction = action(ChangeOwnPassword, changeOwnPassword, {
  evenIfPasswordDue: true,
});
