// The index of the site: its gallery and its theme.

import { one } from "../drawing/dom.js";
import { wearTheme } from "../drawing/theme.js";
import { openGallery } from "./gallery.js";

wearTheme(one(document, "#theme", HTMLElement));
openGallery(one(document, ".gallery", HTMLElement));
