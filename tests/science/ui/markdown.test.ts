import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { MarkdownText } from "@/app/_ui/markdown";

const render = (text: string) => renderToStaticMarkup(createElement(MarkdownText, { text }));

describe("a text in Markdown", () => {
  it("has headings below those of its page, lists and emphasis", () => {
    const html = render("# Edema\n\n- leave it **out**\n- not the rim");
    expect(html).toMatch(/<h2[^>]*>Edema<\/h2>/);
    expect(html).toContain("<strong>out</strong>");
    expect(html.match(/<li>/g)).toHaveLength(2);
  });

  it.each([
    `<script>alert(1)</script>`,
    `text <img src=x onerror="alert(1)"> text`,
    `<iframe src="https://example.org"></iframe>`,
  ])("shows HTML as it was typed: %s", (text) => {
    const html = render(text);
    expect(html).not.toMatch(/<(script|img|iframe)/);
    expect(html).toContain("&lt;");
  });

  it("loads no image, and says what it shows", () => {
    const html = render("![a brain](https://example.org/x.png)");
    expect(html).not.toContain("example.org");
    expect(html).toContain("[image: a brain]");
  });

  it("opens links in a new tab that knows nothing of this one", () => {
    expect(render("[Source](https://example.org)")).toMatch(
      /<a href="https:\/\/example\.org" target="_blank" rel="noopener noreferrer"/,
    );
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x"])("follows no script: %s", (address) => {
    expect(render(`[click](${address})`)).toContain(`href=""`);
  });
});
