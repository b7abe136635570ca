export const dynamic = "force-dynamic";

/** 200 as long as this process serves. */
export function GET() {
  return Response.json({ live: true }, { headers: { "Cache-Control": "no-store" } });
}
