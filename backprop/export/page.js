// The frame of a page that stands alone: its scenes, unpacked when they are needed, and its theme.

const unpacked = new Map();

async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function sceneOf(n) {
  if (!unpacked.has(n)) unpacked.set(n, inflate(document.getElementById(`scene-${n}`).textContent));
  return unpacked.get(n);
}

const themeButton = document.createElement("button");
themeButton.type = "button";
const darkOutside = matchMedia("(prefers-color-scheme: dark)");
const root = document.querySelector(".booklet");
let chosenTheme = null;

function wearTheme() {
  const dark = chosenTheme ? chosenTheme === "dark" : darkOutside.matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  themeButton.textContent = dark ? "Light" : "Dark";
}

wearTheme();
const about = JSON.parse(document.getElementById("about").textContent);
const book = openBooklet({ root, about, sceneOf, mount });
if (about.home) {
  const home = document.createElement("a");
  home.href = about.home;
  home.textContent = "All lessons";
  book.at("tools").append(home);
}
book.at("tools").append(themeButton);

function wearNewTheme() {
  wearTheme();
  redraw(book);
}
themeButton.addEventListener("click", () => {
  chosenTheme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  wearNewTheme();
});
darkOutside.addEventListener("change", wearNewTheme);
