import "./setup/require-node.mjs";

import("./setup/test-product.mjs").then((module) => module.testProduct(process.argv.slice(2)));
