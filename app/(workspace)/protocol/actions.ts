"use server";
import { action } from "@/app/_server/action";
import { saveProtocol } from "@/lib/features/protocol/save-protocol";
import { SaveProtocol } from "@/lib/features/protocol/schema";

export const saveProtocolAction = action(SaveProtocol, saveProtocol);
