/**
 * An expression for a browser: the texts of a page whose contrast to what they stand on is below the 4.5 that WCAG 2.1 asks for, those
 * in plots left out, which have colours of their own.
 */
export const findFaintTexts = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    const [, , , alpha = 1] = channels(backgroundColor);
    if (alpha > 0 || element.parentElement === null) return backgroundColor;
    return paper(element.parentElement);
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const text = own.map((node) => node.data.trim()).join("");
    if (text === "") continue;
    const [high, low] = [luminance(getComputedStyle(element).color), luminance(paper(element))].sort((a, b) => b - a);
    if ((high + 0.05) / (low + 0.05) < 4.5) faint.push(text);
  }
  return faint;
})()`;
