// The gallery as a page of the app: a card opens its lesson here.

import { untilLeft } from "../drawing/address.js";
import { one } from "../drawing/dom.js";
import { openGallery } from "../export/gallery.js";
import { keepStep } from "../export/left.js";

/** @param {{data: string, parentElement: HTMLElement, setTriggerValue: (name: "opened", id: string) => void}} component */
export default function mountGallery({ data, parentElement, setTriggerValue }) {
  const root = one(parentElement, ".gallery-root", HTMLElement);
  if (root.dataset.shown !== data) root.innerHTML = root.dataset.shown = data;
  keepStep("");
  const open = untilLeft(location.pathname, setTriggerValue);
  return openGallery(root, (id) => open("opened", id));
}
