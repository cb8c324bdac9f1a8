/// What is asked of a page inside a browser, by the rules of WCAG 2.2 (https://www.w3.org/TR/WCAG22/); each answers with a
/// list of what is wrong.
enum PageChecks {
    /// Texts whose contrast to what is behind them is too low: below 4.5, or 3 where they are large (criterion 1.4.3).
    ///
    /// Letters in a picture's shape are held against the fill of every shape that has letters.
    static let contrast = """
        (() => {
          const parse = (text) => {
            const parts = text.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
            return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
          };
          const luminance = (rgb) => {
            const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ratio = (a, b) => {
            const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
            return (light + 0.05) / (dark + 0.05);
          };
          const background = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour.alpha === 1) return colour.rgb;
            }
            return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
          };
          const bad = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const seen = new Set();
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || seen.has(element)) continue;
            seen.add(element);
            if (["SCRIPT", "STYLE", "title", "desc", "OPTION", "NOSCRIPT"].includes(element.tagName)) continue;
            if (!element.checkVisibility({ visibilityProperty: true })) continue;
            const style = getComputedStyle(element);
            const isPicture = element instanceof SVGElement;
            const ink = parse(isPicture ? style.fill : style.color).rgb;
            const size = parseFloat(style.fontSize);
            const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            const behind = isPicture && element.classList.contains("in")
              ? Array.from(element.ownerSVGElement.querySelectorAll("rect.stage, rect.cpu, rect.state, rect.serving"))
                .map((shape) => parse(getComputedStyle(shape).fill).rgb)
              : isPicture && element.closest(".bump")
                ? [background(element)].concat(Array.from(element.ownerSVGElement.querySelectorAll("rect.tied"))
                  .map((shape) => parse(getComputedStyle(shape).fill).rgb))
                : [background(element)];
            for (const colour of behind) {
              const found = ratio(ink, colour);
              if (found < needed) {
                bad.push(`${found.toFixed(2)} of "${element.textContent.trim().slice(0, 40)}" (${element.className.baseVal ?? element.className}) ${ink} on ${colour}`);
                break;
              }
            }
          }
          return bad.slice(0, 20);
        })()
        """

    /// What the structure lacks: one main, one first heading, no heading level left out, each id once, headers of tables,
    /// labels of fields, texts of pictures (criteria 1.1.1, 1.3.1, 2.4.6, 4.1.2).
    static let structure = """
        (() => {
          const bad = [];
          const all = (selector) => Array.from(document.querySelectorAll(selector));
          for (const one of ["main", "h1", "header", "footer", "nav"]) {
            if (all(one).length !== 1) bad.push(`${all(one).length} of ${one}`);
          }
          if (!document.documentElement.lang) bad.push("no language");
          if (!document.title) bad.push("no title");
          let level = 0;
          for (const heading of all("h1, h2, h3, h4, h5, h6")) {
            const own = Number(heading.tagName[1]);
            if (own > level + 1) bad.push(`h${own} after h${level}: ${heading.textContent.trim().slice(0, 40)}`);
            level = own;
          }
          const ids = all("[id]").map((element) => element.id);
          for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) bad.push(`id ${id} twice`);
          for (const table of all("table")) {
            if (!table.querySelector("thead th[scope=col]")) bad.push("a table without headers of columns");
            if (!table.caption && !table.closest("[role=region][aria-label]")) bad.push("a table without a name");
          }
          for (const field of all("input, select")) if (!field.labels.length) bad.push(`a ${field.type} without a label`);
          for (const picture of all("svg[role=img]")) {
            const texts = (picture.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
            if (!texts.length || texts.some((text) => !text?.textContent.trim())) bad.push("a picture without a text");
          }
          for (const link of all('a[href^="#"]')) {
            const target = decodeURIComponent(link.getAttribute("href").slice(1));
            if (!document.getElementById(target)) bad.push(`a link to ${target}, which is not there`);
          }
          for (const name of ["aria-labelledby", "aria-describedby"]) {
            for (const element of all(`[${name}]`)) for (const id of element.getAttribute(name).split(" ")) {
              if (!document.getElementById(id)) bad.push(`${name} of ${id}, which is not there`);
            }
          }
          return bad.slice(0, 20);
        })()
        """

    /// What reaches beyond the window's right edge (criterion 1.4.10): nothing of a page is scrolled sideways but wide tables in
    /// frames of their own.
    static let overflow = """
        (() => {
          const bad = [];
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth > width) {
            for (const element of document.querySelectorAll("body *")) {
              const box = element.getBoundingClientRect();
              if (box.right > width + 1 && !element.closest(".scroll, svg, .hidden")) {
                bad.push(`${element.tagName} ${element.className} to ${Math.round(box.right)}: ${element.textContent.trim().slice(0, 40)}`);
              }
            }
            bad.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
          }
          return bad.slice(0, 20);
        })()
        """

    /// The focused element's place in the document, and what it is; -1 for none.
    static let focused = """
        (() => {
          const all = Array.from(document.querySelectorAll("*"));
          const at = document.activeElement;
          return at === document.body || !at ? "-1 none"
            : `${all.indexOf(at)} ${at.tagName} ${at.checkVisibility() ? "seen" : "unseen"} ${getComputedStyle(at).outlineStyle}`;
        })()
        """

    /// How many elements the tabulator key should reach.
    static let reachable = """
        Array.from(document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']"))
          .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled).length
        """
}
