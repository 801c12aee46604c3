// The frame of the index: its gallery and its theme.

const themeButton = document.getElementById("theme");
const darkOutside = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = null;

function wearTheme() {
  const dark = chosenTheme ? chosenTheme === "dark" : darkOutside.matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  themeButton.textContent = dark ? "Light" : "Dark";
}

themeButton.addEventListener("click", () => {
  chosenTheme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  wearTheme();
});
darkOutside.addEventListener("change", wearTheme);
wearTheme();
openGallery(document.querySelector(".gallery"), null);
