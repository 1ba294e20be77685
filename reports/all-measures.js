// Filters the table of all measures by words and by question. Without it the table is whole.

const form = document.getElementById("lv-filter");
const words = document.getElementById("lv-filter-words");
const question = document.getElementById("lv-filter-question");
const status = document.getElementById("lv-filter-status");
const groups = [...document.querySelectorAll("main table tbody")].map((body) => {
  const [head, ...rows] = body.rows;
  return { body, rows, name: head.textContent };
});

function isWanted(row, name) {
  const text = `${name} ${row.textContent}`.toLowerCase();
  return words.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function filter() {
  for (const { body, rows, name } of groups) {
    for (const row of rows) row.hidden = !isWanted(row, name);
    body.hidden = (question.value && question.value !== name) || rows.every((row) => row.hidden);
  }
  const every = groups.flatMap(({ rows }) => rows);
  const shown = every.filter((row) => !row.hidden && !row.parentElement.hidden);
  status.textContent = `${shown.length} av ${every.length} mått visas.`;
}

question.append(...groups.map(({ name }) => new Option(name)));
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
