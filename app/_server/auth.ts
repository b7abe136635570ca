import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { authenticate } from "@/lib/features/users/authenticate";
import { SignIn } from "@/lib/features/users/schema";
import { AppError } from "@/lib/platform/errors";
import { sayRefusal } from "@/lib/words/refusals";
import { lastAddress } from "./address";
import { type Origin, onOrigin } from "./origin";

/** A working day, in seconds; then the reader signs in again. */
const sessionSeconds = 12 * 60 * 60;

/**
 * Sign-in with e-mail address and password, on the origin by which a request came; the session is a signed cookie.
 *
 * The cookie says who, not what they may: role and state of the account are read again on each request.
 */
export const authOptions = ({ origin, secure }: Origin): NextAuthOptions => ({
  useSecureCookies: secure,
  session: { strategy: "jwt", maxAge: sessionSeconds },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      async authorize(credentials, request) {
        const parsed = SignIn.safeParse({ email: credentials?.email, password: credentials?.password });
        if (!parsed.success) return null;
        const address = lastAddress(request.headers?.["x-forwarded-for"]);
        try {
          return await authenticate({ ...parsed.data, ...(address ? { address } : {}) });
        } catch (error) {
          // The form shows this message; a fault's own must stay in the log.
          if (error instanceof AppError) throw new Error(sayRefusal(error.said));
          throw new Error("Signing in does not work at the moment. Try again soon.", { cause: error });
        }
      },
    }),
  ],
  callbacks: {
    redirect: ({ url }) => onOrigin(url, origin),
    jwt({ token, user }) {
      if (user) token.sessionEpoch = user.sessionEpoch;
      return token;
    },
    session({ session, token }) {
      return { ...session, userId: token.sub, sessionEpoch: token.sessionEpoch };
    },
  },
});
