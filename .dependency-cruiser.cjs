/** The architecture as rules: three floors, dependencies one way (docs/architecture.md). */
const never = (name, from, to, extra = {}) => ({
  name,
  severity: "error",
  from: { path: from, ...(extra.from ?? {}) },
  to: { path: to, ...(extra.to ?? {}) },
});

/** Features stand in a line; each may import those to its left only. */
const featureLine = [
  "users",
  "jobs",
  "studies",
  "patients",
  "predictions",
  "bases",
  "models",
  "labels",
  "imports",
  "training",
  "reports",
  "system",
];
const leftwardsOnly = featureLine
  .slice(0, -1)
  .map((feature, index) =>
    never(
      `features-import-leftwards-only:${feature}`,
      `^lib/features/${feature}/`,
      `^lib/features/(${featureLine.slice(index + 1).join("|")})/`,
    ),
  );

const readingRoom = "^app/\\(workspace\\)/reading-room";
/** Parts of the reading room stand in a line; each may import those to its left only. */
const roomLine = [
  "label",
  "room",
  "keys",
  "masks",
  "heatmap",
  "history",
  "prediction",
  "decision",
  "drawing",
  "picture",
  "strip",
  "toolbar",
];
const roomRules = [
  ...roomLine
    .slice(0, -1)
    .map((part, index) =>
      never(
        `reading-room-leftwards-only:${part}`,
        `${readingRoom}/${part}/`,
        `${readingRoom}/(${roomLine.slice(index + 1).join("|")})/`,
      ),
    ),
  {
    name: "every-part-of-the-reading-room-stands-in-the-line",
    severity: "error",
    from: {},
    to: { path: `${readingRoom}/[^/]+/`, pathNot: `${readingRoom}/(${roomLine.join("|")})/` },
  },
  never("the-room-knows-no-looks", `${readingRoom}/(label|room)/`, `${readingRoom}/[^/]+$`),
  never(
    "the-room-knows-no-react",
    `${readingRoom}/(label|room)/`,
    "^node_modules/(react|react-dom|next|@tanstack)/",
  ),
  never(
    "parts-read-and-write-through-the-room",
    `${readingRoom}/(?!room/)[^/]+/`,
    `${readingRoom}/room/(journal|core|drawing/(send-draft|draft-sync)|saves/saves)[.]ts$`,
  ),
  {
    name: "only-pictures-draw-with-cornerstone",
    severity: "error",
    from: { path: "^(app|lib)/", pathNot: `${readingRoom}/picture/` },
    to: { path: "^node_modules/@cornerstonejs/" },
  },
];

module.exports = {
  forbidden: [
    never("lib-knows-no-entry-point", "^lib/", "^(app|workers|bin)/"),
    never("science-is-pure", "^lib/science/", "^lib/(engine|features|platform)/"),
    never("science-touches-no-machine", "^lib/science/", "^(node:)?(fs|net|http|https|child_process|os)$"),
    never("platform-knows-no-medicine", "^lib/platform/", "^lib/(engine|features|science)/"),
    never("features-run-no-network", "^lib/features/", "^lib/engine/"),
    never("app-queries-through-features", "^app/", "^lib/platform/(database|generated)"),
    never("workers-query-through-features", "^(workers|lib/engine)/", "^lib/platform/generated"),
    never(
      "no-tensors-in-the-web-process",
      "^app/",
      "^(lib/engine/|lib/science/network/|node_modules/(@tensorflow|onnxruntime))",
      {
        to: { reachable: true },
      },
    ),
    never("shared-parts-know-no-page", "^app/_(client|server|ui)/", "^app/(api|\\()"),
    never("entry-points-do-not-meet", "^app/", "^(workers|bin)/"),
    never("workers-render-nothing", "^workers/", "^app/"),
    never("product-knows-no-tests", "^(app|lib|workers|bin)/", "^tests/"),
    ...leftwardsOnly,
    ...roomRules,
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|lib/platform/generated)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
