import { z } from "zod";

/** How a base network is named: SHA-256 of its safetensors file, in hex. */
export const BaseSha256 = z.string().regex(/^[0-9a-f]{64}$/, "is not a base's SHA-256");
