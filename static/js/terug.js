// A page that the browser kept in memory may be older than the file, or belong to who was signed in before: read it again.
// Text that somebody was typing is left alone.
addEventListener("pageshow", (event) => {
  const typed = [...document.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);
  if (event.persisted && !typed) location.reload();
});
