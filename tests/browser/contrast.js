// Text whose contrast with what is behind it is below WCAG 2.1 AA (success criterion 1.4.3), as a list of sentences.
(() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  // The colour that these layers give, painted one over the other on the page's canvas.
  const mixed = (layers) => {
    paint.fillStyle = matchMedia("(prefers-color-scheme: dark)").matches ? "#000" : "#fff";
    paint.fillRect(0, 0, 1, 1);
    for (const layer of layers) {
      paint.fillStyle = layer;
      paint.fillRect(0, 0, 1, 1);
    }
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(getComputedStyle(e).backgroundColor);
    return layers;
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const hidden = style.clipPath !== "none" || (style.clip !== "auto" && style.position === "absolute");
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1 && !hidden;
  };
  const faults = new Set();
  const judge = (element, text) => {
    if (!seen(element) || element.closest("[disabled], [aria-disabled=true], [aria-hidden=true]")) return;
    const style = getComputedStyle(element);
    const back = behind(element);
    const value = ratio(mixed([...back, style.color]), mixed(back));
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (value < (large ? 3 : 4.5)) {
      const of = element.tagName.toLowerCase() + [...element.classList].map((c) => `.${c}`).join("");
      faults.add(`${value.toFixed(2)} ${of} ${JSON.stringify(text.trim().slice(0, 40))} ${style.color} on ${mixed(back)}`);
    }
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.trim() !== "" && text.parentElement) judge(text.parentElement, text.data);
  }
  for (const field of document.querySelectorAll("input, textarea, select")) if (field.value) judge(field, field.value);
  return [...faults];
})()
