// Exact times in the reader's own time zone; the server writes them in UTC.

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long" });

const localise = () => {
  for (const time of document.querySelectorAll("time[datetime]")) time.title = exact.format(new Date(time.dateTime));
};

localise();
window.Blazor?.addEventListener("enhancedload", localise);
