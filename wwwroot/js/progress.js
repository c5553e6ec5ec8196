// While a task goes on, asks how far it is, and shows the page anew when it is over.

const pause = 1000; // ms between two questions
let timer;

const watch = () => {
  clearTimeout(timer);
  const places = [...document.querySelectorAll("[data-progress]")];
  if (places.length > 0) timer = setTimeout(() => ask(places), pause);
};

async function ask(places) {
  try {
    for (const place of places) {
      const response = await fetch(place.dataset.progress);
      if (!response.ok) continue;
      const { isOver, value, words } = await response.json();
      if (isOver) {
        location.reload();
        return;
      }
      const bar = place.querySelector("progress");
      if (value === null) bar.removeAttribute("value");
      else bar.value = value;
      place.querySelector("[role=status]").textContent = words;
    }
  } catch {
    // The server is away for a moment: ask again.
  }
  watch();
}

watch();
window.Blazor?.addEventListener("enhancedload", watch);
