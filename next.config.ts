import type { NextConfig } from "next";
import { actionBytes } from "./app/_server/action-limit";

/** Pages get a Content-Security-Policy with a nonce from proxy.ts; these go with every response. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  // Node programs with native parts: loaded by Node, not bundled.
  serverExternalPackages: ["@node-rs/argon2", "sharp", "pg", "pino", "onnxruntime-node"],
  // `npm test` checks types: an operator's first start does not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers }],
  // Built once an upgrade: writing the build's cache would cost more than it ever saves.
  experimental: { turbopackFileSystemCacheForBuild: false, serverActions: { bodySizeLimit: actionBytes } },
  turbopack: {
    root: import.meta.dirname,
    rules: {
      "**/@cornerstonejs/tools/dist/esm/utilities/registerComputeWorker.js": {
        loaders: ["./bin/setup/cornerstone-worker-loader.cjs"],
      },
    },
    // Node's modules stand in branches of Cornerstone that a browser never takes.
    resolveAlias: {
      fs: { browser: "./app/(workspace)/reading-room/picture/no-node-module.ts" },
      path: { browser: "./app/(workspace)/reading-room/picture/no-node-module.ts" },
    },
  },
};

export default config;
