import "./setup/require-node.mjs";

// Only now, when Node is known to be new enough to read it.
import("./setup/start-product.mjs").then((module) => module.startProduct(process.argv.slice(2)));
