"""The script of the pages: sorts and filters the table of the class, and unfolds what is folded for printing.

Without it every page is complete: the table stands in its order, and the controls that need it are not shown.
"""

SCRIPT = """
"use strict";
(() => {
  const folded = [];
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("body.student details:not([open])")) {
      each.open = true;
      folded.push(each);
    }
  });
  addEventListener("afterprint", () => { while (folded.length) folded.pop().open = false; });

  const table = document.getElementById("class");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headers = [...table.tHead.rows[0].cells];
  const controls = document.getElementById("controls");
  const person = document.getElementById("person");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const plain = text => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
  const texts = new Map(rows.map(row => [row, plain(row.textContent)]));

  const filter = () => {
    const sought = plain(words.value).split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const keep = (!person.checked || row.dataset.person === "yes")
        && sought.every(word => texts.get(row).includes(word));
      row.hidden = !keep;
      count += keep;
    }
    shown.textContent = `${count} of ${rows.length} student${rows.length === 1 ? "" : "s"} shown`;
  };

  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const compared = (a, b, column) => {
    const left = a.cells[column].dataset.value, right = b.cells[column].dataset.value;
    if (left === undefined) return order.compare(a.cells[column].textContent, b.cells[column].textContent);
    return Number(left) - Number(right);
  };
  const sort = header => {
    const column = headers.indexOf(header);
    const first = header.dataset.first || "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const direction = header.getAttribute("aria-sort") === first ? other : first;
    for (const each of headers) each.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const empty = row => row.cells[column].dataset.value === "";
    const sorted = [...rows].sort((a, b) => empty(a) - empty(b) || sign * compared(a, b, column));
    body.append(...sorted);
  };

  const buttons = headers.map(header => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(header));
    header.append(button);
    return button;
  });
  // on paper the header is repeated on each page, where browsers leave buttons empty
  addEventListener("beforeprint", () => buttons.forEach(button => button.replaceWith(...button.childNodes)));
  addEventListener("afterprint", () => buttons.forEach((button, place) => {
    button.append(...headers[place].childNodes);
    headers[place].append(button);
  }));
  person.addEventListener("change", filter);
  words.addEventListener("input", filter);
  addEventListener("pageshow", filter);
  controls.hidden = false;
  filter();
})();
"""
