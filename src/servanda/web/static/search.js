// Search on a site without a server: the index is a file beside this one.
"use strict";
(function () {
  const box = document.getElementById("words"), out = document.getElementById("hits"), told = document.getElementById("told");
  if (!box || !window.servandaIndex) return;
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const held = window.servandaIndex.map((row) => [plain(row[1]), plain(row[1] + " " + row[3])]);
  function find() {
    const words = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    out.replaceChildren();
    if (!words.length) { told.textContent = ""; return; }
    const found = [];
    held.forEach(([title, whole], i) => {
      if (words.every((w) => whole.includes(w))) found.push([words.every((w) => title.includes(w)) ? 0 : 1, i]);
    });
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    told.textContent = String(found.length);
    for (const [, i] of found.slice(0, 60)) {
      const [kind, title, where, words] = window.servandaIndex[i];
      const item = document.createElement("li"), line = document.createElement("p"), mark = document.createElement("span");
      const link = document.createElement("a"), note = document.createElement("p");
      mark.className = "kind"; mark.textContent = kind;
      link.href = where; link.textContent = title;
      note.className = "note"; note.textContent = words;
      line.append(mark, " ", link);
      item.append(line, note);
      out.append(item);
    }
  }
  box.addEventListener("input", find);
  box.value = new URLSearchParams(location.search).get("q") || "";
  find();
})();
