// Takes the opening line away when the app is there, and says when its kernel or server is gone.
(() => {
  const SAFE = "Connection lost. Your words stay in the box; what was saved is safe.";
  const GONE = ["dead", "restarting", "autorestarting", "terminating"];
  const opening = document.getElementById("itpm-opening");
  const banner = document.getElementById("itpm-lost");
  const line = banner.querySelector("p");
  const opened = Date.now();
  let leaving = false; // the page is being left on purpose
  let ended = false; // the kernel is gone for good

  const say = (text) => {
    line.textContent = text;
    banner.hidden = text === "";
  };

  // Reloading without a server would lose the words that are still on the page.
  banner.querySelector("button").addEventListener("click", async () => {
    try {
      await fetch(`${document.body.dataset.baseUrl}static/voila.js`, { method: "HEAD", cache: "no-store" });
      location.reload();
    } catch {
      say(`${SAFE} The server does not answer: keep this page open, start it again, then reload.`);
    }
  });

  const follow = (kernel) => {
    let met = kernel.connectionStatus === "connected";
    kernel.connectionStatusChanged.connect((_, status) => {
      met ||= status === "connected";
      if (!met || ended || leaving) return;
      say(status === "connected" ? "" : `${SAFE} Trying to reconnect ...`);
    });
    kernel.statusChanged.connect((_, status) => {
      if (leaving || !GONE.includes(status)) return;
      ended = true;
      say(`${SAFE} Reload to go on where you stopped.`);
    });
  };

  window.addEventListener("beforeunload", () => {
    leaving = true;
    // The widgets' last chance to tell their kernel something: Voila, next in line, lets go of it.
    window.dispatchEvent(new Event("itpm-leaving"));
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.voila_finish = window.voila_heartbeat = () => {}; // Voila calls both

  const drawn = () => document.querySelector("#rendered_cells :is(.jupyter-widgets, [role=alert])");
  const watchOpening = setInterval(() => {
    if (drawn()) {
      opening.hidden = true;
      clearInterval(watchOpening);
    } else if (Date.now() - opened > 30000) {
      opening.querySelector("p").textContent = "Still opening. If nothing happens, reload the page.";
    }
  }, 50);
  const watchKernel = setInterval(() => {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (!kernel) return;
    clearInterval(watchKernel);
    follow(kernel);
  }, 50);
})();
