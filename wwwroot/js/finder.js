// The file finder follows each letter: it has the list of paths and searches it here, as the server does (PathMatcher.cs); of a list that is too long, the server is asked.

const [together, apartFrom, atWord, inName, none] = [8, -5, 7, 3, -1e9];
const pause = 200; // ms after the last key before the server is asked
let finder; // the one on this page, and the answer with its paths when it has come
let timer;
let request;

const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const count = (number) => `${grouped(number)} ${number === 1 ? "file" : "files"}`;
// Letter by letter, so that places stay places; what is ASCII has no other way.
const lower = (text) => /^[\x00-\x7f]*$/.test(text)
  ? text.toLowerCase()
  : Array.from({ length: text.length }, (_, at) => { const small = text[at].toLowerCase(); return small.length === 1 ? small : text[at]; }).join("");
const lettersOf = (query) => lower(query.replace(/\s/g, ""));

const fits = (letters, path) => {
  let found = 0;
  for (let at = 0; at < path.length && found < letters.length; at++) if (path[at] === letters[found]) found++;
  return found === letters.length;
};

const beginsWord = (path, at) => at === 0 || "/.-_ ".includes(path[at - 1]) || (/\p{Lu}/u.test(path[at]) && /\p{Ll}/u.test(path[at - 1]));

// The last of several that are as good, in the row that begins there.
const bestBefore = (row, end) => {
  let best = end - 1;
  for (let at = end - 1; at >= 0; at--) if (table[row + at] > table[row + best]) best = at;
  return best;
};

// The best of all ways to find the letters: a row per letter has the score of the best way with it at that place. One table for all paths, because there are many.
let table = new Int32Array(4096);

const solve = (letters, path, small) => {
  const width = path.length;
  if (table.length < letters.length * width) table = new Int32Array(2 * letters.length * width);
  const name = path.lastIndexOf("/") + 1;
  for (let letter = 0; letter < letters.length; letter++) {
    const [before, row] = [(letter - 1) * width, letter * width];
    let best = letter === 0 ? 0 : none;
    for (let at = 0; at < width; at++) {
      let score = none;
      if (small[at] === letters[letter]) {
        const way = Math.max(best, letter > 0 && at > 0 && table[before + at - 1] > none ? table[before + at - 1] + together : none);
        if (way > none) score = way + (beginsWord(path, at) ? atWord : 0) + (at >= name ? inName : 0);
      }
      table[row + at] = score;
      if (letter > 0) best = Math.max(best, table[before + at] + apartFrom);
    }
  }
  const last = (letters.length - 1) * width;
  return table[last + bestBefore(last, width)];
};

const placesOf = (letters, path) => {
  const [width, small] = [path.length, lower(path)];
  if (letters === "" || !fits(letters, small)) return [];
  solve(letters, path, small);
  const places = new Array(letters.length);
  let last = bestBefore((letters.length - 1) * width, width);
  for (let letter = letters.length - 1; letter >= 0; letter--) {
    places[letter] = last;
    if (letter === 0) break;
    const before = (letter - 1) * width;
    const apart = bestBefore(before, last);
    last = table[before + last - 1] > none && table[before + last - 1] + together >= table[before + apart] + apartFrom ? last - 1 : apart;
  }
  return places;
};

const marked = (path, places) => {
  const text = document.createElement("span");
  let at = 0;
  for (let i = 0; i < places.length;) {
    const first = places[i];
    let end = first + 1;
    for (i++; i < places.length && places[i] === end; i++) end++;
    const mark = document.createElement("mark");
    mark.textContent = path.slice(first, end);
    text.append(path.slice(at, first), mark);
    at = end;
  }
  text.append(path.slice(at));
  return text;
};

const addressOf = (path) => {
  const [tree, query] = finder.section.dataset.tree.split("?");
  return `${tree}/${path.split("/").map(encodeURIComponent).join("/")}${query ? `?${query}` : ""}`;
};

const byPath = (a, b) => a < b ? -1 : a > b ? 1 : 0;

const search = (letters, files) => {
  if (letters === "") return files;
  const found = [];
  for (const { path, small } of files) if (fits(letters, small)) found.push({ path, score: solve(letters, path, small) });
  return found.sort((a, b) => b.score - a.score || a.path.length - b.path.length || byPath(a.path, b.path));
};

const show = (letters, found, matching, answer) => {
  const most = Number(finder.section.dataset.most);
  const listed = found.slice(0, most);
  finder.list.replaceChildren(...listed.map(({ path }) => {
    const link = document.createElement("a");
    link.href = addressOf(path);
    link.append(finder.icon.cloneNode(true), " ", marked(path, placesOf(letters, path)));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  finder.none.hidden = listed.length > 0;
  finder.none.textContent = answer.lookedAt === 0 ? "There are no files here yet." : "No file has these letters in this order.";
  finder.summary.textContent = (matching === answer.lookedAt ? count(answer.lookedAt) : `${grouped(matching)} of ${count(answer.lookedAt)}`)
    + (listed.length < matching ? `, the first ${grouped(listed.length)} of them listed` : "")
    + (answer.isWhole ? "" : "; looking stopped there, because there are more than time allows. Open a directory to look in it alone");
};

const ask = async (query) => {
  request?.abort();
  request = new AbortController();
  const address = new URL(finder.section.dataset.finder, document.baseURI);
  if (query) address.searchParams.set("q", query);
  try {
    const response = await fetch(address, { signal: request.signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // not reached or overtaken by the next key: the button asks again
  }
};

const follow = async () => {
  const [current, query] = [finder, finder.field.value];
  const letters = lettersOf(query);
  const { answer } = current;
  if (answer.matching <= answer.paths.length || letters === "") {
    const found = search(letters, current.files);
    show(letters, found, letters === "" ? answer.matching : found.length, answer);
    return;
  }
  const found = await ask(query);
  if (found && finder === current && current.field.value === query) show(letters, found.paths.map((path) => ({ path })), found.matching, found);
};

const remember = () => {
  const address = new URL(location.href);
  if (finder.field.value) address.searchParams.set("q", finder.field.value);
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
};

const begin = async () => {
  const section = document.querySelector("[data-finder]");
  // Pages are exchanged piece by piece: the same section may be about another directory.
  if (!section || (finder?.section === section && finder.address === section.dataset.finder)) return;
  section.removeAttribute("data-ready");
  const current = finder = {
    section,
    address: section.dataset.finder,
    field: section.querySelector("input[name=q]"),
    list: section.querySelector("[data-finder-list]"),
    none: section.querySelector("[data-finder-none]"),
    summary: section.querySelector("[data-finder-summary]"),
    icon: section.querySelector("template").content.firstElementChild,
  };
  const answer = await ask("");
  if (!answer || finder !== current) return;
  current.answer = answer;
  current.files = answer.paths.map((path) => ({ path, small: lower(path) }));
  section.toggleAttribute("data-ready", true);
  if (current.field.value) await follow();
};

document.addEventListener("input", (event) => {
  if (!finder?.answer || event.target !== finder.field) return;
  clearTimeout(timer);
  const isLocal = finder.answer.matching <= finder.answer.paths.length;
  if (isLocal) follow();
  timer = setTimeout(() => {
    if (!isLocal) follow();
    remember();
  }, pause);
});

// Down into the list and up again; Enter in the field opens what is first.
document.addEventListener("keydown", (event) => {
  if (!finder?.section.contains(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [...finder.list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? finder.field : links[Math.min(next, links.length - 1)])?.focus();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target === finder.field && finder.answer && links.length > 0) {
    links[0].click();
    event.preventDefault();
  } else if (event.key === "Escape" && at >= 0) {
    finder.field.focus();
  }
});

begin();
window.Blazor?.addEventListener("enhancedload", begin);
