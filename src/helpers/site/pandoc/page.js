// Light and dark, and tabs. Without scripts the page shows every tab, in the system's colours.

const toggle = document.getElementById("theme-toggle");

function label() {
  const dark = document.body.classList.contains("quarto-dark");
  toggle.textContent = dark ? "Ljust läge" : "Mörkt läge";
}

toggle.hidden = false;
label();
toggle.addEventListener("click", () => {
  const dark = document.body.classList.toggle("quarto-dark");
  document.body.classList.toggle("quarto-light", !dark);
  localStorage.setItem("lv-theme", dark ? "dark" : "light");
  label();
});

function select(tabs, chosen) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
  }
}

function moved(tabs, tab, key) {
  const last = tabs.length - 1, at = tabs.indexOf(tab);
  return { ArrowRight: tabs[at === last ? 0 : at + 1], ArrowLeft: tabs[at === 0 ? last : at - 1],
    Home: tabs[0], End: tabs[last] }[key];
}

for (const list of document.querySelectorAll('[role="tablist"]')) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  select(tabs, tabs[0]);
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tabs, tab));
    tab.addEventListener("keydown", (event) => {
      const target = moved(tabs, tab, event.key);
      if (!target) return;
      event.preventDefault();
      select(tabs, target);
      target.focus();
    });
  }
}
