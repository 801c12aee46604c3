// New HTML laid over old: only what differs is touched, so formulas are not typeset again for a digit.

function lay(html, root) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  children(root, fresh.content);
}

function children(from, to) {
  const old = [...from.childNodes], next = [...to.childNodes];
  next.forEach((node, k) => (k < old.length ? morph(old[k], node) : from.append(node)));
  for (const node of old.slice(next.length)) node.remove();
}

function morph(from, to) {
  if (from.nodeName !== to.nodeName) return from.replaceWith(to);
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return undefined;
  }
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  return children(from, to);
}
