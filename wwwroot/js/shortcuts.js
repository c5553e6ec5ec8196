// Single keys that do what links and fields of the page do. Which there are depends on the page; "?" lists them, and whoever speaks to their computer can turn them off.

const store = "shortcuts";
const areOn = () => localStorage.getItem(store) !== "off";

const marked = (key) => document.querySelector(`[data-shortcut="${key}"]`);
const isShown = (element) => element?.checkVisibility() ?? false;
const finder = () => marked("t")?.href ?? document.querySelector("[data-find]")?.dataset.find;
const searchField = () => [
  document.getElementById("repository-search"),
  ...document.querySelectorAll("main input[type=search]"),
  ...document.querySelectorAll("input[type=search]"),
].find(isShown);
const hasLines = () => document.getElementById("L1") !== null;

const focusOn = (field) => {
  field.focus();
  field.select();
};

// The page that is shown, at its revision: other choices in its address, and the lines that are marked, stay.
const pin = () => {
  const [address, here] = [new URL(marked("y").href), new URL(location.href)];
  for (const [name, value] of here.searchParams) if (!address.searchParams.has(name)) address.searchParams.append(name, value);
  address.hash = here.hash;
  location.replace(address);
};

const shortcuts = [
  { key: "t", words: "Find a file", can: () => Boolean(finder()), run: () => marked("t") ? marked("t").click() : location.assign(finder()) },
  { key: "/", words: "Go to the search field", can: () => Boolean(searchField()), run: () => focusOn(searchField()) },
  { key: "y", words: "Put this revision into the address", can: () => Boolean(marked("y")), run: pin },
  { key: "b", words: "See who wrote each line", can: () => Boolean(marked("b")), run: () => marked("b").click() },
  { key: "l", words: "Go to a line", can: hasLines, run: () => askForLine() },
  { key: "?", words: "Show this list", can: () => true, run: () => showAll() },
];

const inList = [
  { key: "↓ ↑", words: "Go through the files that were found", can: () => document.querySelector("[data-finder]") !== null },
  { key: "Enter", words: "Open the first of them", can: () => document.querySelector("[data-finder]") !== null },
];

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const open = (title, ...content) => {
  const close = make("form", { method: "dialog" }, make("button", { className: "btn btn-quiet btn-sm", textContent: "Close" }));
  const heading = make("h2", { id: "dialog-title", textContent: title });
  const dialog = make("dialog", { className: "card dialog" }, make("header", {}, heading, close), make("div", { className: "body" }, ...content));
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};

function showAll() {
  const list = make("dl", { className: "keys" });
  for (const { key, words } of [...shortcuts, ...inList].filter(({ can }) => can())) list.append(make("dt", {}, make("kbd", { textContent: key })), make("dd", { textContent: words }));
  const box = make("input", { type: "checkbox", className: "form-check-input", checked: areOn() });
  box.addEventListener("change", () => localStorage.setItem(store, box.checked ? "on" : "off"));
  const hint = make("p", { className: "hint", textContent: "Turn this off if your keyboard or voice control types letters that you do not mean. This browser remembers it; the list stays at the foot of each page." });
  open("Keyboard shortcuts", list, make("label", { className: "choice mt-3" }, box, make("span", { textContent: "Use single keys" })), hint);
}

function askForLine() {
  const field = make("input", { className: "form-control", name: "line", inputMode: "numeric", pattern: "[0-9]+(-[0-9]+)?", required: true, autocomplete: "off", title: "A number, or two with a dash between them" });
  const label = make("label", { className: "form-label", textContent: "Line, or lines such as 10-20" });
  label.htmlFor = field.id = "dialog-line";
  const form = make("form", { method: "dialog" }, label, make("div", { className: "row-line" }, field, make("button", { className: "btn btn-accent", textContent: "Go" })));
  const dialog = open("Go to a line", form);
  field.focus();
  form.addEventListener("submit", () => {
    const [first, last] = field.value.split("-").map(Number);
    dialog.close();
    // The last line stands for those beyond it.
    const most = document.querySelectorAll("tr[id^=L]").length;
    location.hash = `#L${Math.max(1, Math.min(first, most))}${last ? `-L${Math.max(1, Math.min(last, most))}` : ""}`;
  });
}

const isTyping = (element) => element.isContentEditable || element.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!areOn() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const shortcut = shortcuts.find(({ key, can }) => key === event.key && can());
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-shortcuts]")) showAll();
});

// Without a script there is nothing to list.
const offer = () => document.querySelector("[data-shortcuts]")?.removeAttribute("hidden");

offer();
window.Blazor?.addEventListener("enhancedload", offer);
