// The beginning of a page that stands alone: what lies in it deflated, in digits of base 85, becomes its style and script.

import { inflated } from "./inflate.js";

const style = document.createElement("style");
style.textContent = await inflated("style");
document.head.append(style);
const script = document.createElement("script");
script.type = "module";
script.textContent = await inflated("script");
document.body.append(script);
