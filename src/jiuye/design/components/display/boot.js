// Runs before the first paint: the chosen theme and text size, whether we are inside a partner's app, and that scripts work.
(function () {
  var root = document.documentElement;
  root.setAttribute("data-js", "");
  if (/(?:^|; )jiuye_app=[^;]/.test(document.cookie)) root.setAttribute("data-in-app", "");
  try {
    var theme = localStorage.getItem("jiuye.theme");
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
    if (localStorage.getItem("jiuye.size") === "large") root.setAttribute("data-size", "large");
  } catch (refused) {
    // Storage may be closed to us: the system's settings hold.
  }
})();
