const value = (row, column) => {
  const text = row.cells[column].textContent.trim().replace(/\u2212/g, "-").replace(/,/g, "");
  const number = parseFloat(text.replace(/^[^-+\d]*/, ""));
  return /\d/.test(text) && Number.isFinite(number) ? number : text;
};
const compare = (one, other) =>
  typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
for (const table of document.querySelectorAll(".scrolls table")) {
  table.querySelectorAll("thead th").forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((one, other) => (down ? -1 : 1) * compare(value(one, column), value(other, column)));
      table.tBodies[0].append(...rows);
    });
  });
}
