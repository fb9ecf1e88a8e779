// In the posting form: a chosen employer brings its credit code. What the recruiter typed into the code's field stays.
(() => {
  const name = document.querySelector('input[name="employer_name"][list]');
  const code = document.querySelector('input[name="employer_code"]');
  if (!name || !code) return;
  let brought = "";
  name.addEventListener("input", () => {
    const chosen = [...document.querySelectorAll(`#${name.getAttribute("list")} option`)].find((one) => one.value === name.value);
    if (chosen && (!code.value || code.value === brought)) {
      brought = chosen.textContent.trim();
      code.value = brought;
    }
  });
})();
