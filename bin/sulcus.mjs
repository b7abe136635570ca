import "./setup/require-node.mjs";

import("./setup/launch.mjs").then(({ launch }) => launch("bin/sulcus.ts"));
