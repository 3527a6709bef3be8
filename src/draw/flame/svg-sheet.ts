/** A sheet as the text of an SVG file: every frame a rectangle with its name and, as a tooltip, what is known of it. Opens anywhere, needs nothing. */
import {fittedLabel} from './label.ts';
import {drawnWidth, EDGE_FROM_PX, isLost, isRowFound, isTornBelow, lettersIn, NAME_FROM_PX, NAME_PAD_PX, lookOf, NEIGHBOUR_DASH, RESTORED_DASH, tearPoints, TOOTH_PX, type FlameFrames} from './paint.ts';
import {KnownBy} from '../../derive/call-tree/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import {ROW_PX} from './rows.ts';
import {LINE_PX, MARGIN_PX, PATCH_PX, rowBox, sheetPlaces, type FlameSheet} from './sheet.ts';

/** Fonts of the file's reader are not known: names are cut for letters of this width. */
const LETTER_PX = 7;

export function svgSheet(sheet: FlameSheet): string {
  const places = sheetPlaces(sheet, LETTER_PX);
  const theme = sheet.pictures[0]?.colors.theme;
  if (!theme) throw new Error('internal: a sheet without a picture');
  const {widthPx, heightPx} = places;
  const patchY = (y: number) => y - PATCH_PX / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="11.5">`,
    `<title>${escaped(sheet.caption.join(' · '))}</title>`,
    `<defs><pattern id="lost" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${theme.ink3}" stroke-opacity="0.6"/></pattern></defs>`,
    `<rect width="${widthPx}" height="${heightPx}" fill="${theme.panel}"/>`,
    ...sheet.caption.map((line, i) => text(MARGIN_PX, places.captionY[i], i === 0 ? theme.ink : theme.ink2, line, ` font-family="system-ui, sans-serif" font-size="12.5"${i === 0 ? ' font-weight="650"' : ''}`)),
    ...sheet.pictures.map((picture, i) => pictureText(sheet, picture, places.pictureY[i])),
    ...sheet.legend.map(({text: name, fill, isGrowth, isHatched}, i) => {
      const {x, y} = places.legend[i];
      return [
        rect(x, patchY(y), PATCH_PX, PATCH_PX, fill),
        isHatched ? rect(x, patchY(y), PATCH_PX, PATCH_PX, 'url(#lost)') : '',
        text(x + PATCH_PX + 6, y, theme.ink2, isGrowth ? `▲ ${name}` : name, ' font-family="system-ui, sans-serif"'),
      ].join('');
    }),
    '</svg>',
    '',
  ].join('\n');
}

function pictureText(sheet: FlameSheet, picture: FlameFrames, top: number): string {
  const {answer, colors} = picture;
  const lines = [`<g transform="translate(${MARGIN_PX} ${top})">`];
  for (let row = 0; row < answer.length; row++) {
    const box = rowBox(picture, row, sheet.widthPx);
    if (!box) continue;
    const {x, y, width, height} = box;
    const drawn = drawnWidth(width);
    const isFound = isRowFound(picture, row);
    const parts = [`<title>${escaped(sheet.titleOf(picture, row))}</title>`, rect(x, y, drawn, height, lookOf(picture, row).fill)];
    if (isLost(answer.kind[row])) parts.push(rect(x, y, drawn, height, 'url(#lost)'));
    if (answer.kind[row] === FrameKind.Growth && width > EDGE_FROM_PX) parts.push(rect(x, y, 2, height, colors.theme['growth-text']));
    if (answer.kind[row] === FrameKind.Cut && width > TOOTH_PX * 2) {
      parts.push(`<polygon points="${tearPoints(x, y, drawn, isTornBelow(picture)).map(([a, b]) => `${rounded(a)},${rounded(b)}`).join(' ')}" fill="${colors.theme.panel}"/>`);
    }
    if (answer.knownBy[row] === KnownBy.Restored && width > EDGE_FROM_PX) parts.push(outline(x, y, drawn, height, colors.theme.ink2, ` stroke-dasharray="${RESTORED_DASH.join(' ')}"`));
    if (answer.knownBy[row] === KnownBy.Neighbour && width > EDGE_FROM_PX) {
      parts.push(`<path d="M${rounded(x)} ${rounded(y + height - 0.5)}h${rounded(drawn)}" stroke="${colors.theme.ink3}" stroke-dasharray="${NEIGHBOUR_DASH.join(' ')}"/>`);
    }
    if (isFound === true) parts.push(outline(x, y, drawn, height, colors.theme.accent));
    if (width >= NAME_FROM_PX) {
      const label = fittedLabel(picture.labelOf(row), lettersIn(width, LETTER_PX));
      if (label !== '') parts.push(text(x + NAME_PAD_PX, y + ROW_PX / 2, lookOf(picture, row).ink, label, ''));
    }
    lines.push(`<g>${parts.join('')}</g>`);
  }
  lines.push('</g>');
  return lines.join('\n');
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" fill="${fill}"/>`;
}

function outline(x: number, y: number, width: number, height: number, stroke: string, more = ''): string {
  return `<rect x="${rounded(x + 0.5)}" y="${rounded(y + 0.5)}" width="${rounded(Math.max(0.5, width - 1))}" height="${height - 1}" fill="none" stroke="${stroke}"${more}/>`;
}

function text(x: number, middleY: number, fill: string, content: string, more: string): string {
  return `<text x="${rounded(x)}" y="${rounded(middleY + LINE_PX * 0.22)}" fill="${fill}" xml:space="preserve"${more}>${escaped(content)}</text>`;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** As XML wants text; characters that XML 1.0 cannot hold become the replacement character. */
function escaped(content: string): string {
  return content
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
