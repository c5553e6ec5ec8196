// Ranges of lines: #L10-L20 is marked and brought into view; a click on a number with Shift held down makes one.

const table = () => document.querySelector("[data-lines]");

const parse = (hash) => {
  const found = /^#L(\d+)(?:-L(\d+))?$/.exec(hash);
  if (!found) return null;
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  return { first: Math.min(first, last), last: Math.max(first, last) };
};

const mark = (scroll) => {
  const code = table();
  if (!code) return;
  for (const row of code.querySelectorAll("tr.marked")) row.classList.remove("marked");
  const range = parse(location.hash);
  if (!range) return;
  for (let number = range.first; number <= range.last; number++) {
    const row = document.getElementById(`L${number}`);
    if (!row) break;
    row.classList.add("marked");
  }
  if (scroll) document.getElementById(`L${range.first}`)?.scrollIntoView({ block: "center" });
};

// Before others hear of the click: the address changes, and the page stays where it is.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-lines] td:first-child a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const number = Number(link.textContent);
  const before = event.shiftKey ? parse(location.hash) : null;
  const hash = before ? `#L${Math.min(before.first, number)}-L${Math.max(before.first, number)}` : `#L${number}`;
  history.replaceState(history.state, "", location.pathname + location.search + hash);
  mark(false);
}, true);

mark(true);
window.addEventListener("hashchange", () => mark(true));
window.Blazor?.addEventListener("enhancedload", () => mark(true));
