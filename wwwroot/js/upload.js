// Sends a large file in pieces before the form that names it, and goes on where it was when the connection broke or the page was left.

const pieceLength = 8 * 1024 * 1024;
const patience = 30; // tries without any progress
const pause = 2000; // ms between two tries

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("[data-upload]")) return;
  const field = form.querySelector("[data-upload-file]");
  const file = field.files[0];
  if (!file) return;
  event.preventDefault();
  const place = form.querySelector("[data-upload-progress]");
  const button = form.querySelector("[type=submit]");
  place.hidden = false;
  button.disabled = true;
  try {
    form.elements.upload.value = await send(form, file, place);
    // Sent already.
    field.disabled = true;
    form.submit();
  } catch (reason) {
    say(place, reason.message);
    button.disabled = false;
  }
});

async function send(form, file, place) {
  const root = form.dataset.upload;
  const headers = { RequestVerificationToken: form.elements.__RequestVerificationToken.value };
  let upload = await find(root, headers, file);
  const began = performance.now();
  const first = upload.offset;
  for (let tries = 0; upload.offset < file.size;) {
    show(place, upload.offset, file.size, ((upload.offset - first) * 1000) / (performance.now() - began));
    const piece = file.slice(upload.offset, upload.offset + pieceLength);
    try {
      upload = await ask(`${root}/${upload.id}?offset=${upload.offset}`, { method: "PATCH", headers, body: piece });
      tries = 0;
    } catch (reason) {
      if (reason.status === 404 || ++tries > patience) throw reason;
      say(place, "The connection is lost; it is tried again.");
      await new Promise((resolve) => setTimeout(resolve, pause));
      // Part of the piece may have come through.
      upload = await ask(`${root}/${upload.id}`).catch(() => upload);
    }
  }
  show(place, file.size, file.size, 0);
  return upload.id;
}

// One that was begun with this file before goes on.
async function find(root, headers, file) {
  const key = `upload:${file.name}:${file.size}:${file.lastModified}`;
  const known = localStorage.getItem(key);
  const before = known && (await ask(`${root}/${known}`).catch(() => null));
  if (before && before.length === file.size) return before;
  const upload = await ask(`${root}?length=${file.size}`, { method: "POST", headers });
  localStorage.setItem(key, upload.id);
  return upload;
}

async function ask(address, options) {
  const response = await fetch(address, options);
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? problem.title ?? "The server did not take the file."), { status: response.status });
}

function show(place, done, total, speed) {
  place.querySelector("progress").value = done / total;
  const words = [`${size(done)} of ${size(total)} sent`];
  if (speed > 0) words.push(`${size(speed)}/s`, `about ${Math.ceil((total - done) / speed)} s to go`);
  say(place, words.join(" · "));
}

function say(place, words) {
  place.querySelector("[role=status]").textContent = words;
}

function size(bytes) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  for (; bytes >= 1024 && unit < units.length - 1; unit++) bytes /= 1024;
  return `${bytes.toFixed(unit > 1 ? 1 : 0)} ${units[unit]}`;
}
