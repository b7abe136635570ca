/** Where to go after signing in: a path on this server and nothing else. `//host` and `/\host` would lead away. */
export function localPath(from: string | string[] | undefined): string {
  return typeof from === "string" && /^\/(?![/\\])/.test(from) ? from : "/worklist";
}
