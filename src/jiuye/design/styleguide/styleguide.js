// The style guide's one button that shows a toast.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-guide-say]");
  if (button) jiuye.say(button.dataset.guideSay, "ok");
});
