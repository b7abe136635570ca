"use server";
import { action } from "@/app/_server/action";
import { saveSettings } from "@/lib/features/settings/save-settings";
import { Settings } from "@/lib/features/settings/schema";

export const saveSettingsAction = action(Settings, saveSettings);
