// While a repository is being made or restored, asks for its state and shows the page anew when there is something new to show.

const pause = 400; // ms between two questions
let timer;

const watch = () => {
  clearTimeout(timer);
  const place = document.querySelector("[data-settle]");
  if (place) timer = setTimeout(() => ask(place.dataset.settle, place.dataset.state ?? "provisioning"), pause);
};

async function ask(address, before) {
  try {
    const response = await fetch(address);
    if (response.ok && (await response.json()).state !== before) {
      location.reload();
      return;
    }
  } catch {
    // The server is away for a moment: ask again.
  }
  watch();
}

watch();
window.Blazor?.addEventListener("enhancedload", watch);
