import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/app/_server/auth";
import { limitedBody } from "@/app/_server/limited-body";
import { originOf } from "@/app/_server/origin";
import { errorResponse } from "@/app/_server/route";

/** An address and a password need no more bytes. */
const bodyLimit = 16 * 2 ** 10;

export function GET(request: NextRequest, context: unknown): Promise<Response> {
  return NextAuth(request as never, context as never, authOptions(originOf(request.headers)));
}

/** next-auth reads bodies of any length, so the length is checked before. */
export async function POST(request: NextRequest, context: unknown): Promise<Response> {
  try {
    const { method, headers, url } = request;
    const body = await limitedBody(request, bodyLimit);
    return await GET(new NextRequest(url, { method, headers, body }), context);
  } catch (error) {
    return errorResponse(error);
  }
}
