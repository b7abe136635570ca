"use server";
import { action } from "@/app/_server/action";
import { askExamination } from "@/lib/features/system/ask-examination";
import { AskExamination } from "@/lib/features/system/schema";

export const askExaminationAction = action(AskExamination, askExamination);
