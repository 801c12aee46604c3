// Light or dark.

/** The theme of the Streamlit page that surrounds `root`; light where there is none, and on paper.
 * @param {Element} root */
export function themeOf(root) {
  if (matchMedia("print").matches) return "light";
  const colour = getComputedStyle(root).getPropertyValue("--st-background-color");
  const [r, g, b] = (colour.match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"]).map((x) => parseInt(x, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 110 ? "dark" : "light";
}

/** A page that stands alone wears the reader's theme until `button` turns it; `follow` is told.
 * @param {HTMLElement} button @param {() => void} [follow] */
export function wearTheme(button, follow = () => {}) {
  const outside = matchMedia("(prefers-color-scheme: dark)");
  const page = document.documentElement.dataset;
  let chosen = "";
  const wear = () => {
    page.theme = chosen || (outside.matches ? "dark" : "light");
    button.textContent = page.theme === "dark" ? "Light" : "Dark";
  };
  const change = () => {
    wear();
    follow();
  };
  button.addEventListener("click", () => {
    chosen = page.theme === "dark" ? "light" : "dark";
    change();
  });
  outside.addEventListener("change", change);
  wear();
}
