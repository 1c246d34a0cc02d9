// What a chart answers to: a mark opens its rows; the picture and the data are made here, in the browser.
const styled = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size",
  "font-weight", "font-family", "text-anchor", "dominant-baseline"];

const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

// The drawing with its title above and its words below, and with every colour written into it.
const picture = (figure) => {
  const drawn = figure.querySelector("svg");
  const copy = drawn.cloneNode(true);
  const originals = drawn.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, at) => {
    const style = getComputedStyle(originals[at]);
    styled.forEach((name) => node.setAttribute(name, style.getPropertyValue(name)));
  });
  const [x, y, width, height] = drawn.getAttribute("viewBox").split(" ").map(Number);
  const page = getComputedStyle(figure);
  const line = (text, at, size, weight) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "text");
    Object.entries({x: x + 4, y: at, "font-size": size, "font-weight": weight, fill: page.color,
      "font-family": page.fontFamily}).forEach(([name, value]) => made.setAttribute(name, value));
    made.textContent = text;
    copy.appendChild(made);
  };
  line(figure.querySelector("h3").textContent, y - 12, 14, 600);
  const said = figure.querySelector(".said").textContent;
  (said.match(/.{1,72}(\s|$)/g) || []).slice(0, 3).forEach((text, n) => line(text, y + height + 16 + 13 * n, 10, 400));
  const box = [x, y - 32, width, height + 32 + 50];
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  Object.entries({x: box[0], y: box[1], width: box[2], height: box[3], fill: page.backgroundColor})
    .forEach(([name, value]) => ground.setAttribute(name, value));
  copy.insertBefore(ground, copy.firstChild);
  copy.setAttribute("viewBox", box.join(" "));
  copy.setAttribute("width", box[2]);
  copy.setAttribute("height", box[3]);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return {text: new XMLSerializer().serializeToString(copy), width: box[2], height: box[3]};
};

const savePng = (made, name) => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [made.width * 2, made.height * 2];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.text);
};

const take = (button) => {
  const figure = button.closest("figure");
  const name = `${figure.dataset.chart}.${button.dataset.take}`;
  if (button.dataset.take === "csv") save(new Blob(["\ufeff", figure.dataset.csv], {type: "text/csv"}), name);
  else if (button.dataset.take === "svg") save(new Blob([picture(figure).text], {type: "image/svg+xml"}), name);
  else savePng(picture(figure), name);
};

const act = (event) => {
  if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
  const taken = event.type === "click" && event.target.closest("[data-take]");
  if (taken) return take(taken);
  const mark = event.target.closest("[data-mark]");
  if (!mark) return;
  event.preventDefault();
  element.querySelectorAll(".mark.open").forEach((other) => other.classList.remove("open"));
  mark.classList.add("open");
  trigger("click", {chart: mark.closest("figure").dataset.chart, mark: Number(mark.dataset.mark)});
};
element.addEventListener("click", act);
element.addEventListener("keydown", act);
