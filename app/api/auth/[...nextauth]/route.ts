import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/app/_server/auth";
import { limitedBody } from "@/app/_server/limited-body";
import { errorResponse } from "@/app/_server/route";

const handler = NextAuth(authOptions);

/** An address and a password need no more bytes. */
const bodyLimit = 16 * 2 ** 10;

export { handler as GET };

/** next-auth reads bodies of any length, so the length is checked before. */
export async function POST(request: Request, context: unknown): Promise<Response> {
  try {
    const { method, headers, url } = request;
    const body = await limitedBody(request, bodyLimit);
    return await handler(new NextRequest(url, { method, headers, body }), context);
  } catch (error) {
    return errorResponse(error);
  }
}
