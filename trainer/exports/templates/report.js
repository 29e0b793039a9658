"use strict";
(() => {
  const figure = JSON.parse(document.getElementById("figure").textContent);
  const place = document.getElementById("curves");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const draw = () => {
    const ink = dark.matches ? "#e9ecec" : "#20282a";
    const grid = dark.matches ? "#313a3e" : "#e3e0d8";
    const layout = { ...figure.layout, font: { color: ink, family: "system-ui, sans-serif", size: 13 } };
    for (const axis of Object.keys(layout).filter((name) => /^[xy]axis/.test(name)))
      layout[axis] = { ...layout[axis], gridcolor: grid, linecolor: grid };
    Plotly.react(place, figure.data, layout, { displayModeBar: false, responsive: true });
  };
  draw();
  dark.addEventListener("change", draw);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-answer]");
    if (!button) return;
    const sound = document.getElementById(button.dataset.answer);
    if (!sound) return;
    sound.currentTime = Number(button.dataset.seek);
    sound.play();
  });
})();
