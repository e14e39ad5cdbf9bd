// Everything works without this script. It asks for the page again, says how old it is, shows the viewer's clock, and knows a few keys.
"use strict";
(() => {
  const EVERY = 5000;
  const OLD = 15000;
  const WAIT = 10000;
  const age = document.getElementById("age");
  const news = document.getElementById("news");
  const live = document.body.dataset.live === "yes";
  let seen = Date.now();
  let tag = null;
  let asking = false;
  let refused = 0;
  let held = false;
  let composing = false;
  let old = false;

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
    const isOld = passed > OLD;
    const why = held ? "Held while you select text" : refused ? "Answered " + refused : "Not reached";
    document.body.classList.toggle("stale", isOld);
    const seconds = Math.round(passed / 1000);
    age.textContent = isOld
      ? why + " for " + (seconds < 120 ? seconds + " s" : Math.round(seconds / 60) + " min") + ": what is shown is old"
      : "Seen " + seconds + " s ago";
    // Said once, not at each refresh.
    if (isOld !== old) {
      old = isOld;
      news.textContent = isOld ? why + ": what is shown is old." : "What is shown is fresh again.";
    }
  }

  // What stays the same of an element when the page is made again.
  function named(element) {
    return element.id || element.getAttribute("href") || element.dataset.copy || element.getAttribute("aria-labelledby")
      || element.getAttribute("aria-label") || element.textContent.trim();
  }

  // How to find an element again: its tag, its name, and which one of that name it is.
  function place(root, element) {
    const name = named(element);
    const alike = Array.from(root.querySelectorAll(element.localName)).filter((one) => named(one) === name);
    return { tag: element.localName, name, index: alike.indexOf(element) };
  }

  function found(root, was) {
    return Array.from(root.querySelectorAll(was.tag)).filter((one) => named(one) === was.name)[was.index] || null;
  }

  function kept(root, selector, value) {
    return Array.from(root.querySelectorAll(selector)).map((one) => [place(root, one), value(one)]);
  }

  // What somebody did with the page: where the focus and the caret are, what is typed, open, and scrolled.
  function doings(main) {
    const active = main.contains(document.activeElement) && document.activeElement !== main ? document.activeElement : null;
    return {
      focus: active && place(main, active),
      caret: active && typeof active.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null,
      typed: kept(main, "input:not([type=hidden])", (field) => field.value === field.defaultValue ? null : field.value),
      open: kept(main, "details", (one) => one.open),
      aside: kept(main, ".scroll", (one) => one.scrollLeft),
      down: window.scrollY,
    };
  }

  function restore(main, was) {
    const each = (all, set) => all.forEach(([where, value]) => {
      const one = found(main, where);
      if (one && value !== null) {
        set(one, value);
      }
    });
    each(was.typed, (field, text) => { field.value = text; });
    each(was.open, (one, isOpen) => { one.open = isOpen; });
    each(was.aside, (one, left) => { one.scrollLeft = left; });
    if (was.focus) {
      const one = found(main, was.focus) || main;
      one.focus({ preventScroll: true });
      if (was.caret && typeof one.selectionStart === "number") {
        one.setSelectionRange(was.caret[0], was.caret[1]);
      }
    }
    window.scrollTo(0, was.down);
  }

  function show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const main = document.getElementById("main");
    const next = fresh.getElementById("main");
    if (!next) {
      return;
    }
    const was = doings(main);
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
    restore(main, was);
  }

  // Somebody who composes a word, or selects the command, must not lose it.
  function isBusy() {
    const selection = document.getSelection();
    return composing || Boolean(selection && !selection.isCollapsed);
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
      held = answer.ok && isBusy();
      if (answer.status === 304) {
        seen = Date.now();
      } else if (answer.ok && !held) {
        tag = answer.headers.get("ETag");
        show(await answer.text());
        seen = Date.now();
      } else if (!answer.ok) {
        refused = answer.status;
      }
    } catch (notReached) {
      held = false;
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

  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; });

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
    document.addEventListener("selectionchange", () => { if (held && !isBusy()) { ask(); } });
    tell();
  }
})();
