// Buttons that copy the text they carry, and say so to eyes and ears.

const announcer = document.createElement("div");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const copied = await copy(button.dataset.copy, button);
  if (!announcer.isConnected) document.body.append(announcer);
  announcer.textContent = copied ? "Copied" : "Could not copy; the text is selected, press Ctrl+C";
  if (!copied) return;
  button.toggleAttribute("data-copied", true);
  setTimeout(() => {
    button.toggleAttribute("data-copied", false);
    announcer.textContent = "";
  }, 2000);
});

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers hand out the clipboard over HTTPS and on localhost only; elsewhere the text is at least selected.
    const code = button.parentElement.querySelector("code");
    if (code) getSelection().selectAllChildren(code);
    return false;
  }
}
