// Keyboard shortcuts: what they are, and what they do.

/** @type {[string, string, string][]} keys, the act, words */
export const KEYS = [
  ["1 … 6", "", "show or hide a pane: Report, PDF, Slides, Word, E-mail, Findings"],
  ["[ and ]", "", "the pane before, the next pane"],
  ["j and k", "", "the next block, the block before, in the pane that is chosen"],
  ["Enter or o", "open", "open the chosen line in the editor"],
  ["g", "goto", "from a line of the source to the pages"],
  ["c", "contents", "contents and thumbnails"],
  ["t", "rail-thumbnails", "thumbnails of the chosen pane"],
  ["n and p", "", "the next finding, the finding before"],
  ["+ and −", "", "larger, smaller"],
  ["0", "natural", "back to 100 %"],
  ["d", "downloads", "downloads"],
  ["f", "follow", "follow edits"],
  ["l", "light", "light or dark"],
  ["?", "help", "this sheet"],
  ["Escape", "escape", "close what is open"],
];

/** What a key does. @type {Record<string, string>} */
const ACTS = {
  "[": "before", "]": "after", j: "down", k: "up", Enter: "open", o: "open", g: "goto", c: "contents",
  t: "rail-thumbnails", n: "finding-after", p: "finding-before", "+": "larger", "=": "larger",
  "-": "smaller", 0: "natural", d: "downloads", f: "follow", l: "light", "?": "help",
};

/**
 * Give the act of a key press; nothing where it is somebody else's.
 * @param {KeyboardEvent} event @param {boolean} single whether single keys are shortcuts
 */
export function actOf(event, single) {
  if (event.key === "Escape") return "escape";
  const target = /** @type {Element} */ (event.target);
  if (!single || event.ctrlKey || event.metaKey || event.altKey) return "";
  if (target.closest?.("input, textarea, select, dialog")) return "";
  if (event.key === "Enter" && target.closest?.("button, a, summary, label")) return "";
  if (/^[1-6]$/.test(event.key)) return `pane-${event.key}`;
  return ACTS[event.key] ?? "";
}

/** Fill the help sheet. @param {HTMLElement} sheet */
export function explain(sheet) {
  const list = document.createElement("dl");
  for (const [keys, , words] of KEYS) {
    const term = document.createElement("dt");
    for (const part of keys.split(" ")) {
      if (["and", "or", "…"].includes(part)) term.append(` ${part} `);
      else {
        const key = document.createElement("kbd");
        key.textContent = part;
        term.append(key);
      }
    }
    const what = document.createElement("dd");
    what.textContent = words;
    list.append(term, what);
  }
  sheet.replaceChildren(list);
}
