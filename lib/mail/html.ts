const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * A mail's HTML of paragraphs that are HTML already. Mail programs know no style sheets and no custom properties, so
 * there is little of either; in dark mode they choose the colours themselves.
 */
export function mailHtml(title: string, paragraphs: readonly string[]): string {
  const body = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${paragraph}</p>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif">
<div style="max-width:520px;margin:0 auto">
${body}
</div>
</body>
</html>
`;
}

/** A link that looks like a button where styles are shown and is a link everywhere. */
export function mailButton(href: string, words: string): string {
  return `<a href="${escapeHtml(href)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#0f5c73;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(words)}</a>`;
}
