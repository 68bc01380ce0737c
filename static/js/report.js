// The report can be printed from a button, where there are scripts.

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => print());
