import "./setup/require-node.mjs";

import("./setup/run-sulcus.mjs").then(({ runSulcus }) => runSulcus());
