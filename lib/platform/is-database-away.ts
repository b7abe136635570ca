/** Of Prisma and of Postgres: nobody answers, the connection was lost, the server ends or is still starting. */
const codes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "57P01",
  "57P02",
  "57P03",
  "ECONNREFUSED",
  "ECONNRESET",
]);
const kinds = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"]);
/** What pg says of a connection that was lost in the middle; it gives no code. */
const words =
  /^(Connection terminated|Client (has encountered a connection error|was closed) and is not queryable)/;

interface MaybeAway {
  code?: string;
  message?: string;
  meta?: { driverAdapterError?: { cause?: { kind?: string; code?: string } } };
}

/**
 * True of an error that says nothing of the statement: the database does not answer, or went away meanwhile. What was
 * asked may be asked again once it is back; whether it was done before, nobody knows.
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message, meta } = (error ?? {}) as MaybeAway;
  const cause = meta?.driverAdapterError?.cause;
  return (
    codes.has(code ?? "") ||
    codes.has(cause?.code ?? "") ||
    kinds.has(cause?.kind ?? "") ||
    words.test(message ?? "")
  );
}
