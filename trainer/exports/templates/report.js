"use strict";
(() => {
  const figure = JSON.parse(document.getElementById("figure").textContent);
  const place = document.getElementById("curves");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const brighter = { "#1f6f78": "#7fc7cf", "#c2703d": "#e2a27a", "#7a8a8c": "#a6b3b7" }; // on a dark page
  const recoloured = () =>
    JSON.parse(JSON.stringify(figure).replace(/#[0-9a-f]{6}/g, (colour) => (dark.matches && brighter[colour]) || colour));
  const draw = () => {
    const figure = recoloured();
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
