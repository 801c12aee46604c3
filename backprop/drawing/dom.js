// Finding elements that are there, by the class that they must have, and where they are.

/** The first element in `root` that `selector` names; an Error if it is not there or of another kind.
 * @template {Element} T @param {ParentNode} root @param {string} selector @param {new () => T} kind @returns {T} */
export function one(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`${selector} must name a ${kind.name}, found ${found?.nodeName ?? "nothing"}`);
}

/** All elements in `root` that `selector` names and that are of this kind, in their order.
 * @template {Element} T @param {ParentNode} root @param {string} selector @param {new () => T} kind @returns {T[]} */
export const all = (root, selector, kind) =>
  [...root.querySelectorAll(selector)].filter(/** @returns {node is T} */ (node) => node instanceof kind);

/** The element that an event is about, or what surrounds it, if `selector` names it.
 * @template {Element} T @param {Event} event @param {string} selector @param {new () => T} kind @returns {T | null} */
export function around(event, selector, kind) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof kind ? found : null;
}

/** Where an element begins on the page, as if nothing were scrolled. @param {Element} element */
export function topOf(element) {
  let { top } = element.getBoundingClientRect();
  let node = parentOf(element);
  while (node) {
    top += node.scrollTop;
    node = parentOf(node);
  }
  return top;
}

/** What surrounds an element, also across the border of a shadow tree. @param {Element} node */
export function parentOf(node) {
  const tree = node.getRootNode();
  return node.parentElement ?? (tree instanceof ShadowRoot ? tree.host : null);
}
