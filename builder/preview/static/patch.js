// Bringing a shown document up to date by its difference from the one before.
//
// The document on the screen may have been changed since by its own scripts (notes moved beside
// their calls, for instance). So what is applied to it is what differs between the two texts that
// the server gave; nothing else is touched, and what the reader sees stays where it is.

/** @type {WeakMap<Node, string>} */
const written = new WeakMap();

/** Give a node as text, without its place in the source, which moves with every line. @param {Node} node */
function words(node) {
  let text = written.get(node);
  if (text === undefined) {
    text = node instanceof Element || node.nodeType === 1
      ? /** @type {Element} */ (node).outerHTML.replace(/ data-src="[^"]*"/g, "")
      : `${node.nodeType}${node.nodeValue}`;
    written.set(node, text);
  }
  return text;
}

/** @param {Node} a @param {Node} b */
const alike = (a, b) => a.nodeType === b.nodeType && (a.isEqualNode(b) || words(a) === words(b));

/** The children that came from the server. @param {Node} node */
const own = (node) => [...node.childNodes].filter(
  (child) => child.nodeType !== 1 || !(/** @type {Element} */ (child)).hasAttribute("data-desk"));

/**
 * Apply the difference between two nodes to the one that is shown.
 * @param {Node} live @param {Node} before @param {Node} after
 */
export function patch(live, before, after) {
  if (before.isEqualNode(after)) return;
  if (before.nodeName !== after.nodeName || live.nodeName !== before.nodeName) {
    replace(live, after);
    return;
  }
  if (live.nodeType !== 1) {
    live.nodeValue = after.nodeValue;
    return;
  }
  attributes(/** @type {Element} */ (live), /** @type {Element} */ (before), /** @type {Element} */ (after));
  const shown = own(live), old = [...before.childNodes], fresh = [...after.childNodes];
  if (shown.length !== old.length) {
    for (const child of shown) child.remove();
    for (const child of fresh) live.appendChild(adopted(live, child));
    return;
  }
  children(live, shown, old, fresh);
}

/** @param {Element} live @param {Element} before @param {Element} after */
function attributes(live, before, after) {
  for (const { name } of [...before.attributes]) {
    if (!after.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of [...after.attributes]) {
    if (before.getAttribute(name) !== value) live.setAttribute(name, value);
  }
}

/** @param {Node} live @param {Node[]} shown @param {Node[]} old @param {Node[]} fresh */
function children(live, shown, old, fresh) {
  let start = 0;
  while (start < old.length && start < fresh.length && alike(old[start], fresh[start])) {
    patch(shown[start], old[start], fresh[start]);
    start += 1;
  }
  let oldEnd = old.length, freshEnd = fresh.length;
  while (oldEnd > start && freshEnd > start && alike(old[oldEnd - 1], fresh[freshEnd - 1])) {
    oldEnd -= 1;
    freshEnd -= 1;
    patch(shown[oldEnd], old[oldEnd], fresh[freshEnd]);
  }
  const common = Math.min(oldEnd, freshEnd);
  for (let index = start; index < common; index += 1) patch(shown[index], old[index], fresh[index]);
  for (let index = common; index < oldEnd; index += 1) shown[index].parentNode?.removeChild(shown[index]);
  const behind = shown[oldEnd] ?? null;
  for (let index = Math.max(common, start); index < freshEnd; index += 1) {
    live.insertBefore(adopted(live, fresh[index]), behind);
  }
}

/** @param {Node} live @param {Node} node */
const adopted = (live, node) => /** @type {Document} */ (live.ownerDocument).importNode(node, true);

/** @param {Node} live @param {Node} after */
const replace = (live, after) => live.parentNode?.replaceChild(adopted(live, after), live);
