// Everything works without this script. It asks for the page again, says how old it is, shows the viewer's clock, and knows a few keys.
"use strict";
(() => {
  const EVERY = 5000;
  const OLD = 15000;
  const WAIT = 10000;
  const age = document.getElementById("age");
  const live = document.body.dataset.live === "yes";
  let seen = Date.now();
  let tag = null;
  let asking = false;
  let refused = 0;

  const two = (number) => String(number).padStart(2, "0");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "your clock";

  function clocks(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.getAttribute("datetime"));
      if (!Number.isNaN(at.getTime())) {
        time.title = at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" }) + " (" + zone + ")";
      }
    }
    for (const text of root.querySelectorAll("[data-viewer-time]")) {
      const at = new Date(text.dataset.viewerTime);
      text.textContent = two(at.getHours()) + ":" + two(at.getMinutes());
    }
    for (const text of root.querySelectorAll("[data-viewer-zone]")) {
      text.textContent = zone;
    }
    for (const button of root.querySelectorAll("button[data-copy]")) {
      button.hidden = !navigator.clipboard;
    }
  }

  function tell() {
    const passed = Date.now() - seen;
    document.body.classList.toggle("stale", passed > OLD);
    const seconds = Math.round(passed / 1000);
    age.textContent = passed > OLD
      ? (refused ? "Answered " + refused : "Not reached") + " for " + (seconds < 120 ? seconds + " s" : Math.round(seconds / 60) + " min") + ": what is shown is old"
      : "Seen " + seconds + " s ago";
  }

  function path(element) {
    const link = element && element.closest ? element.closest("a[href]") : null;
    return link ? link.getAttribute("href") : null;
  }

  function show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const main = document.getElementById("main");
    const next = fresh.getElementById("main");
    if (!next) {
      return;
    }
    const field = document.getElementById("q");
    const typing = field && document.activeElement === field;
    const focused = path(document.activeElement);
    const written = field ? field.value : null;
    const scrolled = window.scrollY;
    main.replaceChildren(...Array.from(next.childNodes).map((node) => document.importNode(node, true)));
    main.dataset.mood = next.dataset.mood;
    main.dataset.at = next.dataset.at;
    document.title = fresh.title;
    const icon = document.querySelector("link[rel=icon]");
    const nextIcon = fresh.querySelector("link[rel=icon]");
    if (icon && nextIcon && icon.getAttribute("href") !== nextIcon.getAttribute("href")) {
      icon.setAttribute("href", nextIcon.getAttribute("href"));
    }
    clocks(main);
    const again = document.getElementById("q");
    if (typing && again) {
      again.value = written;
      again.focus();
    } else if (focused) {
      const link = Array.from(document.querySelectorAll("a[href]")).find((one) => one.getAttribute("href") === focused);
      if (link) {
        link.focus({ preventScroll: true });
      }
    }
    window.scrollTo(0, scrolled);
  }

  // Somebody who types, composes, or selects the command must not lose it.
  function isBusy() {
    const selection = document.getSelection();
    const active = document.activeElement;
    return Boolean((selection && !selection.isCollapsed) || (active && active.closest && active.closest(".filter")));
  }

  async function ask() {
    if (asking || document.hidden) {
      return;
    }
    asking = true;
    const given = new AbortController();
    const patience = setTimeout(() => given.abort(), WAIT);
    try {
      const answer = await fetch(location.href, {
        headers: tag ? { "If-None-Match": tag } : {},
        cache: "no-store",
        signal: given.signal,
      });
      refused = 0;
      if (answer.status === 304) {
        seen = Date.now();
      } else if (answer.ok) {
        if (!isBusy()) {
          tag = answer.headers.get("ETag");
          show(await answer.text());
        }
        seen = Date.now();
      } else {
        refused = answer.status;
      }
    } catch (notReached) {
      // The age on the page says so.
    } finally {
      clearTimeout(patience);
      asking = false;
      tell();
    }
  }

  function move(by) {
    const links = Array.from(document.querySelectorAll("a.target"));
    if (links.length === 0) {
      return;
    }
    const now = links.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, now + by));
    links[next].focus();
  }

  let before = "";
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || typing) {
      return;
    }
    const keys = document.getElementById("keys");
    if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "/") {
      const field = document.getElementById("q");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    } else if (event.key === "?" && keys.showModal && !keys.open) {
      keys.showModal();
    } else if (event.key === "t" && before === "g") {
      location.assign("/");
    }
    before = event.key;
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = "Copied";
      } catch (notAllowed) {
        button.textContent = "Select it and copy";
      }
    }
  });

  clocks(document);
  if (live) {
    setInterval(tell, 1000);
    setInterval(ask, EVERY);
    document.addEventListener("visibilitychange", ask);
    tell();
  }
})();
