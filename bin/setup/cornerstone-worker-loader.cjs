/** Turbopack never ends on the module graph of Cornerstone's worker: its address becomes the file bundled beforehand. */
module.exports = (source) =>
  source.replace(
    /new URL\((['"])\.\.\/workers\/computeWorker\.js\1, import\.meta\.url\)/g,
    '"/cornerstone/computeWorker.js"',
  );
