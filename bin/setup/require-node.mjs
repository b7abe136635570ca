// Written so that a very old Node can still read it, and imported before anything newer.
var needed = [20, 19];
var found = process.versions.node.split(".").map(Number);
if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    "Sulcus needs Node " +
      needed.join(".") +
      " or newer, and this is Node " +
      process.versions.node +
      ". Install Node 22 or 24 (https://nodejs.org) and start again.",
  );
  process.exit(1);
}
