import "./setup/require-node.mjs";

import("./setup/launch.mjs").then(({ launch }) => launch("tests/bench/main.ts"));
