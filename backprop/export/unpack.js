// The beginning of a page that stands alone: what lies in it deflated, in base64, becomes its script.

import { inflated } from "./inflate.js";

const script = document.createElement("script");
script.type = "module";
script.textContent = await inflated("script");
document.body.append(script);
