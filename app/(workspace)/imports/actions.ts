"use server";
import { action } from "@/app/_server/action";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { confirmImport } from "@/lib/features/imports/confirm-import";
import { retryImport } from "@/lib/features/imports/retry-import";
import { ImportId } from "@/lib/features/imports/schema";
import { RemoveDemo } from "@/lib/features/system/demo-schema";
import { removeDemo } from "@/lib/features/system/remove-demo";

export const confirmImportAction = action(ImportId, confirmImport);
export const cancelImportAction = action(ImportId, cancelImport);
export const removeDemoAction = action(RemoveDemo, removeDemo);
export const retryImportAction = action(ImportId, retryImport);
