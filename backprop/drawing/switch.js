// The switch of projector mode that every page of the app has.

export function switchProjector() {
  const button = document.querySelector(".st-key-projector button");
  if (button instanceof HTMLElement) button.click();
}
