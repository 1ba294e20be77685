// Full-text search over the index Pagefind made of the finished pages.

const form = document.getElementById("lv-search-form");
const query = document.getElementById("lv-search-query");
const status = document.getElementById("lv-search-status");
const list = document.getElementById("lv-search-results");
const index = new URL("../pagefind/pagefind.js", document.baseURI).href;

function item(page) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = page.meta.title;
  const excerpt = document.createElement("p");
  excerpt.innerHTML = page.excerpt; // Pagefind escapes the page's text and adds <mark>
  row.append(link, excerpt);
  return row;
}

function count(pages, words) {
  if (pages.length === 0) return `Inga sidor innehåller ”${words}”.`;
  return pages.length === 1 ? `1 sida innehåller ”${words}”.` : `${pages.length} sidor innehåller ”${words}”.`;
}

async function find(words) {
  const pagefind = await import(index);
  await pagefind.options({ bundlePath: new URL(".", index).pathname, excerptLength: 25 });
  const found = await pagefind.search(words);
  return Promise.all(found.results.map((result) => result.data()));
}

async function show(words) {
  status.textContent = "Söker …";
  const pages = await find(words);
  list.replaceChildren(...pages.map(item));
  status.textContent = count(pages, words);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = query.value.trim();
  if (!words) return;
  history.replaceState(null, "", `?q=${encodeURIComponent(words)}`);
  show(words).catch(() => { status.textContent = "Sökningen kunde inte göras."; });
});

if (location.protocol === "file:") {
  form.hidden = true;
  status.textContent = "Sökningen fungerar bara när webbplatsen läses från en webbserver, inte från en mapp på datorn.";
} else {
  query.value = new URLSearchParams(location.search).get("q") ?? "";
  if (query.value) form.requestSubmit();
}
