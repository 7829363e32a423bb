// A button that copies a text, shown only where it works; without it the text can be selected and copied by hand.
for (const button of document.querySelectorAll("[data-kopieer]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.kopieer);
    field.select();
    await navigator.clipboard.writeText(field.value);
    document.querySelector("[data-gekopieerd]").textContent = "Gekopieerd.";
  });
}
