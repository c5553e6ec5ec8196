// Says while the name is being typed whether it is free, and shows the address it would have.

const pause = 250; // ms after the last key
let timer;
let request;

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-name-check]")) return;
  showAddress(field.value);
  clearTimeout(timer);
  request?.abort();
  timer = setTimeout(() => check(field), pause);
});

async function check(field) {
  const status = document.getElementById(field.dataset.nameStatus);
  if (field.value === "") {
    status.replaceChildren();
    return;
  }
  request = new AbortController();
  try {
    const response = await fetch(`${field.dataset.nameCheck}?name=${encodeURIComponent(field.value)}`, { signal: request.signal });
    if (!response.ok) return;
    const { free, sentence } = await response.json();
    const chip = document.createElement("span");
    chip.className = free ? "chip kept" : "chip broken";
    chip.textContent = free ? "✓ free" : "✗ not possible";
    status.replaceChildren(chip);
    if (!free) status.append(` ${sentence}`);
  } catch (error) {
    // Not reached or overtaken by the next key: the server checks again when the form is sent.
    if (error.name !== "AbortError") status.replaceChildren();
  }
}

// The examples beside the form hold the address with a place for the name.
function showAddress(name) {
  for (const example of document.querySelectorAll("[data-with-name]")) {
    const text = example.dataset.withName.replace("{name}", name || "NAME");
    for (const code of example.querySelectorAll("code")) code.textContent = text;
    for (const button of example.querySelectorAll("[data-copy]")) button.dataset.copy = text;
  }
}
