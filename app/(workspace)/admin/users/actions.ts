"use server";
import { action } from "@/app/_server/action";
import { changeRole } from "@/lib/features/users/change-role";
import { createUser } from "@/lib/features/users/create-user";
import { deactivateUser } from "@/lib/features/users/deactivate-user";
import { reactivateUser } from "@/lib/features/users/reactivate-user";
import { resetPassword } from "@/lib/features/users/reset-password";
import { ChangeRole, CreateUser, UserId } from "@/lib/features/users/schema";

export const createUserAction = action(CreateUser, createUser);
export const changeRoleAction = action(ChangeRole, changeRole);
export const deactivateUserAction = action(UserId, deactivateUser);
export const reactivateUserAction = action(UserId, reactivateUser);
export const resetPasswordAction = action(UserId, resetPassword);
