// Places in the source: reading them, and finding the block that shows one.

/** @typedef {import("./types.js").Place} Place */

/** Read "sections/02-x.md:17"; null where it is none. @param {string} source @returns {Place|null} */
export function place(source) {
  const found = /^(.+):(\d+)$/.exec(source.trim());
  return found ? { file: found[1], line: Number(found[2]) } : null;
}

/** The words for a place: "02-x.md:17". @param {string} source */
export function brief(source) {
  return source.replace(/^.*\//, "");
}

/**
 * Find a file by what somebody typed: its path, its name, or how the name begins.
 * @param {string} typed @param {string[]} files
 */
export function fileOf(typed, files) {
  return files.find((file) => file === typed)
    || files.find((file) => brief(file) === typed)
    || files.find((file) => brief(file).startsWith(typed))
    || files.find((file) => file.includes(typed));
}

/**
 * Find what shows a place: of those that begin at or before its line the last, else the first behind.
 * @template T
 * @param {Iterable<[string, T]>} known sources with what stands there, in reading order
 * @param {Place} wanted
 * @returns {T|null}
 */
export function nearest(known, wanted) {
  /** @type {T|null} */ let best = null;
  /** @type {T|null} */ let behind = null;
  let bestLine = -1, behindLine = Infinity;
  for (const [source, thing] of known) {
    const at = place(source);
    if (!at || at.file !== wanted.file) continue;
    if (at.line <= wanted.line && at.line > bestLine) { best = thing; bestLine = at.line; }
    if (at.line > wanted.line && at.line < behindLine) { behind = thing; behindLine = at.line; }
  }
  return best ?? behind;
}
