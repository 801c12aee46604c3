// New HTML laid over old: only what differs is touched, so formulas are not typeset again for a digit.

/** @param {string} html @param {Element} root */
export function lay(html, root) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  children(root, fresh.content);
}

/** @param {Node & ParentNode} from @param {Node & ParentNode} to */
/** @param {Node & ParentNode} from @param {Node & ParentNode} to */
function children(from, to) {
  const [old, next] = [[...from.childNodes], [...to.childNodes]];
  next.forEach((node, k) => {
    if (k < old.length) morph(old[k], node);
    else from.append(node);
  });
  for (const node of old.slice(next.length)) node.remove();
}

/** @param {ChildNode} from @param {ChildNode} to */
function morph(from, to) {
  if (from instanceof Element && to instanceof Element && from.nodeName === to.nodeName) {
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
    children(from, to);
  } else if (from instanceof Text && to instanceof Text) {
    if (from.data !== to.data) from.data = to.data;
  } else from.replaceWith(to);
}
