// The gallery as a page of the app: a card opens its lesson here.

import { one } from "../drawing/dom.js";
import { untilLeft } from "../drawing/leaving.js";
import { openGallery } from "../export/gallery.js";
import { begin } from "../export/left.js";

/** @param {{data: string, parentElement: HTMLElement, setTriggerValue: (name: "opened", id: string) => void}} component */
export default function mountGallery({ data, parentElement, setTriggerValue }) {
  const root = one(parentElement, ".gallery-root", HTMLElement);
  if (root.dataset.shown !== data) root.innerHTML = root.dataset.shown = data;
  const open = untilLeft(location.pathname, setTriggerValue);
  return openGallery(root, (id) => {
    begin(id);
    open("opened", id);
  });
}
