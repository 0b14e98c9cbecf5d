// Swaps parts of a page and keeps the address in step. Without it every view works as plain links and forms.
"use strict";
(function () {
  const DAY = 86400000;
  const PACE = 150; // milliseconds between two questions while the date is dragged
  const outlines = new Map(); // address -> promise of the outlines of a map's shapes, fetched once
  let running = null;
  const ordinal = (n) => new Date((n - 719163) * DAY).toISOString().slice(0, 10); // day 1 is 0001-01-01
  const number = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY) + 719163;

  // Put the outlines into a map that only names its shapes.
  async function outline(part) {
    const map = part.querySelector("svg[data-outlines]");
    if (!map) return;
    const from = map.dataset.outlines;
    if (!outlines.has(from)) {
      outlines.set(from, fetch(from).then((answer) => answer.json()));
      outlines.get(from).catch(() => outlines.delete(from));
    }
    const shapes = await outlines.get(from);
    for (const path of map.querySelectorAll("path[data-shape]")) path.setAttribute("d", shapes[path.dataset.shape] || "");
  }

  // Fetch a page of ours and put its part in place of the one here. `id` is main or live.
  async function swap(address, id) {
    if (running) running.abort();
    running = new AbortController();
    const here = document.getElementById(id);
    here.classList.add("busy");
    here.setAttribute("aria-busy", "true");
    try {
      const asked = id === "live" ? address + "&part=live" : address; // only that part
      const answer = await fetch(asked, { signal: running.signal, headers: { "X-Requested-With": "servanda" } });
      const type = answer.headers.get("content-type") || "";
      if (!type.startsWith("text/html")) { location.href = address; return null; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.getElementById(id);
      if (!there) { location.href = address; return null; }
      await outline(there);
      here.replaceWith(document.adoptNode(there));
      document.title = page.title;
      const menu = page.querySelector("header.top nav"), mine = document.querySelector("header.top nav");
      if (menu && mine) mine.replaceWith(document.adoptNode(menu));
      const foot = page.querySelector("footer"), own = document.querySelector("footer");
      if (foot && own) own.replaceWith(document.adoptNode(foot));
      ready();
      return answer.url;
    } catch (error) {
      if (error.name !== "AbortError") location.href = address;
      return null;
    } finally {
      here.classList.remove("busy");
      here.removeAttribute("aria-busy");
    }
  }

  const address = (form) => {
    const query = new URLSearchParams(new FormData(form));
    for (const [key, value] of [...query]) if (value === "") query.delete(key);
    return form.getAttribute("action").split("?")[0] + "?" + query;
  };

  async function go(to) {
    const found = await swap(to, "main");
    if (found === null) return;
    history.pushState({}, "", found + (to.includes("#") ? "#" + to.split("#")[1] : ""));
    const main = document.getElementById("main");
    main.focus({ preventScroll: true });
    const mark = location.hash && document.getElementById(location.hash.slice(1));
    if (mark) mark.scrollIntoView(); else window.scrollTo(0, 0);
  }

  // A slider beside a number: it is there with script alone, and sends the form when it is let go.
  function beside() {
    for (const bar of document.querySelectorAll("input[type=range][data-for]")) {
      if (bar.dataset.ready) continue;
      bar.dataset.ready = "1";
      bar.hidden = false;
      const box = document.getElementById(bar.dataset.for);
      bar.addEventListener("input", () => { box.value = bar.value; });
      bar.addEventListener("change", () => { if (bar.form.checkValidity()) go(address(bar.form)); });
      box.addEventListener("input", () => { bar.value = box.value; });
    }
  }

  function ready() {
    beside();
    const slider = document.getElementById("slider"), on = document.getElementById("on");
    if (!slider || !on || slider.dataset.ready) return;
    slider.dataset.ready = "1";
    slider.hidden = false;
    // One question at a time: the next is asked when the answer is there, about the day the slider is at by then.
    let dragging = false, ended = false, busy = false, moved = false;
    const ask = async () => {
      moved = true;
      if (busy) return;
      busy = true;
      while (moved && slider.isConnected) {
        moved = false;
        const to = address(on.form), next = performance.now() + PACE;
        if (!dragging) history.pushState({}, "", to);
        dragging = true;
        if (await swap(to, "live") === null) break;
        if (!moved) history.replaceState({}, "", to);
        const rest = next - performance.now();
        if (rest > 0) await new Promise((go) => setTimeout(go, rest));
      }
      busy = false;
      if (ended) dragging = false;
    };
    const move = () => {
      ended = false;
      on.value = ordinal(Number(slider.value));
      slider.setAttribute("aria-valuetext", on.value);
      ask();
    };
    slider.addEventListener("input", move);
    slider.addEventListener("change", () => { ended = true; if (!busy) dragging = false; });
    on.addEventListener("change", () => { if (on.value) slider.value = number(on.value); });
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-live") && event.target.id !== "slider" && form.checkValidity()) go(address(form));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || form.hasAttribute("data-plain")) { if (form.method !== "get") form.classList.add("busy"); return; }
    event.preventDefault();
    const action = form.getAttribute("action");
    go(address(form) + (action.includes("#") ? "#" + action.split("#")[1] : ""));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const to = link.getAttribute("href");
    if (!to || !to.startsWith("/") || link.hasAttribute("download") || link.hasAttribute("hreflang")) return;
    event.preventDefault();
    go(to);
  });
  window.addEventListener("popstate", () => { swap(location.href, "main"); });

  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const box = event.target.closest && event.target.closest(".drop");
      if (!box) return;
      event.preventDefault();
      box.classList.toggle("over", name === "dragover");
      const files = name === "drop" && event.dataTransfer ? event.dataTransfer.files : null;
      if (files && files.length) box.querySelector("input[type=file]").files = files;
    });
  }
  ready();
})();
