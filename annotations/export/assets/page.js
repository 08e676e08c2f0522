(() => {
  "use strict";
  const form = document.querySelector(".filter");
  const agency = form.querySelector("select");
  const words = form.querySelector("input");
  const shown = form.querySelector("output");
  const rows = Array.from(document.querySelectorAll(".list tbody tr"));
  const names = JSON.parse(document.getElementById("agencies").textContent);
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  let folded = null;

  names
    .map((name, at) => [name, String(at)])
    .sort((one, two) => one[0].localeCompare(two[0], document.documentElement.lang))
    .forEach(([name, at]) => agency.append(new Option(name, at)));

  const filter = () => {
    const wanted = fold(words.value).split(" ").filter(Boolean);
    if (wanted.length && !folded) folded = rows.map((row) => " " + fold(row.textContent));
    let count = 0;
    rows.forEach((row, at) => {
      const linked = !agency.value || (row.dataset.a || "").split(" ").includes(agency.value);
      const found = linked && wanted.every((word) => folded[at].includes(" " + word));
      if (row.hidden === found) row.hidden = !found;
      if (found) count += 1;
    });
    shown.value = shown.dataset.words.replace("{shown}", count).replace("{all}", rows.length);
  };

  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  agency.addEventListener("change", filter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  window.addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.hidden) {
      agency.value = "";
      words.value = "";
      filter();
      row.scrollIntoView();
    }
  });
  form.hidden = false;
  filter();
})();
