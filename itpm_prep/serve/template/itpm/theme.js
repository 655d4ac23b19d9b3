// Light or dark as the system says, before anything is painted and whenever it changes.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    for (const element of [document.documentElement, document.body]) {
      element.dataset.jpThemeLight = String(!dark.matches);
      element.dataset.jpThemeName = dark.matches ? "JupyterLab Dark" : "JupyterLab Light";
    }
  };
  follow();
  dark.addEventListener("change", follow);
})();
