import "./setup/require-node.mjs";

import("./setup/start-product.mjs").then((module) =>
  module.startProduct(process.argv.slice(2), { development: true }),
);
