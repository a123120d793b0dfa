// Renders the lines of a terminal as an SVG picture with searchable text.

const fontSize = 13;
const lineHeight = 19;
/** The width of one character of a monospaced font, relative to the font size. */
const characterWidth = 0.602;
const margin = 16;

export function terminalSvg(lines) {
  const columns = Math.max(...lines.map((line) => line.length));
  const width = Math.ceil(columns * fontSize * characterWidth) + 2 * margin;
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map((line, i) => {
    const y = margin + lineHeight * (i + 0.75);
    return `  <text x="${margin}" y="${y}">${spansOf(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal: npm start">`,
    `  <rect width="100%" height="100%" rx="8" fill="#0f1720"/>`,
    `  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${fontSize}" fill="#d5dde5" xml:space="preserve">`,
    ...texts,
    "  </g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Highlights the command line, and dims the duration at the start of a step's line. */
function spansOf(line) {
  if (line.startsWith("$ ")) return `<tspan fill="#7ee2a8">${escapeXml(line)}</tspan>`;
  const time = /^ *[\d.]+ m?s /.exec(line)?.[0];
  if (time) return `<tspan fill="#7d8b99">${escapeXml(time)}</tspan>${escapeXml(line.slice(time.length))}`;
  return escapeXml(line);
}

function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
