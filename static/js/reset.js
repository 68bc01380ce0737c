// Beginning anew is asked about first, where there are scripts.

export function reset() {
  const dialog = document.getElementById("reset-dialog");
  document.getElementById("reset").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}
