import { z } from "zod";
import { route } from "@/app/_server/route";
import { receiveUpload } from "@/lib/features/imports/receive-upload";

/** Begins an upload (tus.io); the proxy does not cover these routes, since it would cut bodies at 10 MB. */
export const POST = route(z.strictObject({}), (actor, _input, request) => receiveUpload(actor, request));
