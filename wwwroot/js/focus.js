// Puts the focus where reading goes on, after pages that were exchanged without a full load.

const focusOn = (element) => {
  if (!element) return;
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus();
};

let path = location.pathname;

window.Blazor?.addEventListener("enhancedload", () => {
  const summary = document.querySelector("[data-focus]");
  if (summary) focusOn(summary);
  else if (location.hash) focusOn(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  else if (location.pathname !== path) focusOn(document.querySelector("main h1"));
  path = location.pathname;
});

// A link to a place on this page also moves the focus there: from the summary of errors to the field, from "Skip to content" to the content.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href*='#']");
  if (!link || link.pathname !== location.pathname || link.search !== location.search) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "nearest" });
  focusOn(target);
});
