const { readdirSync } = require("node:fs");

/** The architecture as rules: floors, dependencies one way (docs/architecture.md). */
const never = (name, from, to, extra = {}) => ({
  name,
  severity: "error",
  from: { path: from, ...(extra.from ?? {}) },
  to: { path: to, ...(extra.to ?? {}) },
});

/** Features do not import each other, except along these arrows. A new one is a decision: name it here, with its reason. */
const arrows = {
  // A label or a prediction raises or ends flags, in its own transaction.
  labels: ["flags"],
  imports: ["flags", "predictions"],
  predictions: ["flags"],
  // A model stands on a base; a promotion queues predictions.
  models: ["bases", "predictions"],
  // A run freezes a snapshot and registers what it makes.
  runs: ["snapshots", "bases", "models", "predictions"],
  lineage: ["snapshots"],
  reports: ["models"],
  // The installation's own work: its health names bases, its daily collection ends uploads, it cancels any job.
  system: ["bases", "imports", "jobs"],
};
const features = readdirSync("lib/features").filter((name) => !name.startsWith("."));
const onlyNamedArrows = features.map((feature) =>
  never(
    `features-import-along-named-arrows:${feature}`,
    `^lib/features/${feature}/`,
    `^lib/features/(?!(${[feature, ...(arrows[feature] ?? [])].join("|")})/)`,
  ),
);

const readingRoom = "^app/\\(workspace\\)/reading-room";
/** Parts of the reading room stand in a line; each may import those to its left only. */
const roomLine = [
  "label",
  "room",
  "keys",
  "hints",
  "protocol",
  "masks",
  "heatmap",
  "history",
  "prediction",
  "decision",
  "drawing",
  "picture",
  "strip",
  "toolbar",
  "queue",
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
    never("science-is-pure", "^lib/science/", "^lib/(engine|features|records|platform)/"),
    never("science-touches-no-machine", "^lib/science/", "^(node:)?(fs|net|http|https|child_process|os)$"),
    never("platform-knows-no-medicine", "^lib/platform/", "^lib/(engine|features|records|science)/"),
    never("features-run-no-network", "^lib/features/", "^lib/engine/"),
    never("words-are-made-at-the-edge", "^(lib/(?!words/)|workers/)", "^lib/words/"),
    never("words-read-codes-alone", "^lib/words/", "^lib/(?!words/)", {
      to: { dependencyTypesNot: ["type-only"] },
    }),
    never("app-queries-through-features", "^app/", "^lib/platform/(database|generated)"),
    never("workers-query-through-features", "^(workers|lib/engine)/", "^lib/platform/generated/client"),
    never(
      "handlers-and-engine-leave-queries-to-features",
      "^(workers/tasks|lib/engine)/",
      "^lib/platform/database",
    ),
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
    ...onlyNamedArrows,
    never("records-know-no-feature", "^lib/records/", "^lib/(engine|features)/"),
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
