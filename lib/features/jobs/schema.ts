import { z } from "zod";

export const JobId = z.strictObject({ jobId: z.uuid() });
