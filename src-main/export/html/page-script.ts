/**
 * What the page does besides the model's own script. It builds every element and sets every text by the DOM, so that no text of
 * the model is ever read as markup.
 */
const COMMON = `
const $ = (id) => document.getElementById(id);
const text = (tag, content) => Object.assign(document.createElement(tag), { textContent: content });
const percent = (p) => (100 * p).toFixed(p > 0.1 && p < 0.999 ? 1 : 2) + " %";

function show(input) {
  const result = $("result");
  const list = $("classes");
  list.replaceChildren();
  try {
    const { answer, outputs } = predict(input);
    result.textContent = typeof answer === "number" ? String(Number(answer.toPrecision(6))) : answer;
    result.className = "";
    if (classes.length === 0) return;
    const shares = outputs.length === 1 ? [1 - outputs[0], outputs[0]] : outputs;
    const order = classes.map((_, k) => k).sort((a, b) => shares[b] - shares[a]);
    for (const k of order.slice(0, 20)) {
      const item = document.createElement("li");
      const meter = Object.assign(document.createElement("meter"), { value: shares[k], min: 0, max: 1 });
      meter.setAttribute("aria-label", classes[k]);
      item.append(text("span", classes[k]), text("span", asShare(shares) ? percent(shares[k]) : shares[k].toPrecision(4)), meter);
      list.append(item);
    }
  } catch (error) {
    result.textContent = error.message;
    result.className = "wrong";
  }
}

function asShare(shares) {
  return shares.every((share) => share >= 0 && share <= 1);
}

document.title = name;
$("title").textContent = name;
$("asked").textContent = target;
try {
  const difference = check();
  $("check").textContent =
    checkRows.length + " known inputs answered as in the app, within " + difference.toExponential(1) + ".";
} catch (error) {
  $("check").textContent = "This page does not answer as the app did: " + error.message;
  $("check").className = "wrong";
}
`;

export const TABLE_SCRIPT = `${COMMON}
function control(field) {
  let input;
  if (field.kind === "choice") {
    input = document.createElement("select");
    for (const option of ["", ...field.options]) {
      input.append(Object.assign(document.createElement("option"), { value: option, textContent: option || "missing" }));
    }
  } else {
    input = document.createElement("input");
    input.type = field.kind === "number" ? "text" : field.kind === "date" ? (field.time ? "datetime-local" : "date") : "text";
    if (field.kind === "number") input.inputMode = "decimal";
    if (field.options) {
      const list = document.createElement("datalist");
      list.id = "options-" + fields.indexOf(field);
      for (const option of field.options) list.append(Object.assign(document.createElement("option"), { value: option }));
      input.setAttribute("list", list.id);
      $("form").append(list);
    }
  }
  const example = String(field.example ?? "");
  const spelled = (field.kind === "choice" ? field.options : []).find((each) => each.toLowerCase() === example.trim().toLowerCase());
  input.value = field.kind === "date" ? isoOf(field) : field.kind === "choice" ? (spelled ?? "") : example;
  return input;
}

function isoOf(field) {
  if (field.example === null) return "";
  const { dayFirst, unit } = readings[field.column] ?? {};
  const written = String(field.example).trim();
  let days = typeof field.example === "number" ? NaN : parseDate(written, dayFirst);
  if (Number.isNaN(days)) days = daysOfNumber(parseNumber(written), unit);
  return Number.isNaN(days) ? "" : new Date(days * 86400000).toISOString().slice(0, field.time ? 16 : 10);
}

const inputs = fields.map((field) => {
  const label = document.createElement("label");
  const input = control(field);
  label.append(text("span", field.column), input);
  $("form").append(label);
  input.addEventListener("input", answer);
  return input;
});

function answer() {
  show(Object.fromEntries(fields.map((field, i) => [field.column, inputs[i].value === "" ? null : inputs[i].value])));
}

$("form").addEventListener("submit", (event) => event.preventDefault());
answer();
`;

export const IMAGE_SCRIPT = `${COMMON}
const canvas = $("canvas");
const side = 280;
canvas.width = side;
canvas.height = Math.round((side * image.height) / image.width);
const pen = canvas.getContext("2d", { willReadFrequently: true });
const small = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
const reader = small.getContext("2d", { willReadFrequently: true });
const ink = image.darkPaper ? "white" : "black";

function clear() {
  pen.fillStyle = image.darkPaper ? "black" : "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
}

/** The picture as the network takes it, [channels, height, width]: made smaller in steps, so that thin strokes survive. */
function pixels() {
  reader.imageSmoothingEnabled = true;
  reader.imageSmoothingQuality = "high";
  reader.drawImage(canvas, 0, 0, image.width, image.height);
  return readSmall();
}

function readSmall() {
  const { data } = reader.getImageData(0, 0, image.width, image.height);
  const plane = image.width * image.height;
  return Float32Array.from({ length: image.channels * plane }, (_, i) => {
    const at = (i % plane) * 4;
    if (image.channels > 1) return data[at + Math.floor(i / plane)];
    return Math.round(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]);
  });
}

/** Where the ink is on the canvas: its box, its centre of mass, both in pixels; null for an empty canvas. */
function findInk() {
  const { width, height } = canvas;
  const { data } = pen.getImageData(0, 0, width, height);
  let left = width, right = -1, top = height, bottom = -1, mass = 0, x = 0, y = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = data[4 * (row * width + column)];
      if (value < 32) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return mass === 0 ? null : { size: Math.max(right - left, bottom - top) + 1, x: x / mass, y: y / mass };
}

/** What was drawn, brought to 20 pixels and its centre of mass to the middle, as the digits of MNIST were. */
function centred() {
  const ink = findInk();
  if (ink === null) return pixels();
  const scale = 20 / ink.size;
  reader.fillStyle = "black";
  reader.fillRect(0, 0, image.width, image.height);
  reader.imageSmoothingEnabled = true;
  reader.imageSmoothingQuality = "high";
  reader.drawImage(
    canvas,
    image.width / 2 - ink.x * scale,
    image.height / 2 - ink.y * scale,
    canvas.width * scale,
    canvas.height * scale,
  );
  return readSmall();
}

let drawing = false;
canvas.addEventListener("pointerdown", (event) => {
  drawing = true;
  canvas.setPointerCapture(event.pointerId);
  pen.beginPath();
  pen.moveTo(...place(event));
  stroke(event);
});
canvas.addEventListener("pointermove", (event) => drawing && stroke(event));
canvas.addEventListener("pointerup", () => (drawing = false));

function place(event) {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
}

function stroke(event) {
  pen.lineWidth = canvas.width / 14;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = ink;
  pen.lineTo(...place(event));
  pen.stroke();
  show(image.centred ? centred() : pixels());
}

function answer() {
  show(pixels());
}

/** Puts a picture on the canvas: stretched, cut to the middle, or whole with bars beside it, as the training did. */
async function take(file) {
  try {
    const picture = await createImageBitmap(file);
    const [w, h] = [canvas.width / picture.width, canvas.height / picture.height];
    const scale = image.fit === "crop" ? Math.max(w, h) : Math.min(w, h);
    const [width, height] =
      image.fit === "stretch" ? [canvas.width, canvas.height] : [picture.width * scale, picture.height * scale];
    clear();
    pen.drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    answer();
  } catch {
    $("result").textContent = "This file is no image that the browser can read.";
    $("result").className = "wrong";
  }
}

function example() {
  const [values] = checkRows;
  const plane = image.width * image.height;
  const shown = reader.createImageData(image.width, image.height);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) shown.data[4 * i + c] = values[i + (image.channels > 1 ? c * plane : 0)];
    shown.data[4 * i + 3] = 255;
  }
  reader.putImageData(shown, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, 0, 0, canvas.width, canvas.height);
  show(values);
}

$("clear").addEventListener("click", () => {
  clear();
  answer();
});
$("file").addEventListener("change", (event) => event.target.files[0] && take(event.target.files[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
});
if (image.centred) {
  $("seen").append(small);
  $("seen").hidden = false;
}
clear();
example();
`;
