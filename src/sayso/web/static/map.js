// The map: Natural Earth outlines, a disc as large as the place is imprecise, incidents that lie close together as one.
"use strict";

const RADIUS = { point: 0, settlement: 4, district: 25, province: 90, area: 60 }; // kilometres
const CELL = 34; // pixels within which incidents become one pin

/* TopoJSON of countries → rings of [lat, lon]. */
function rings(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => { x += dx; y += dy; return [y * scale[1] + translate[1], x * scale[0] + translate[0]]; });
  });
  const line = (indices) => indices.flatMap((i) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]));
  const found = [];
  for (const shape of Object.values(topology.objects)[0].geometries) {
    for (const polygon of shape.type === "Polygon" ? [shape.arcs] : shape.arcs || []) found.push(polygon.map(line));
  }
  return found;
}

function grouped(map, pins) {
  const cells = new Map();
  for (const pin of pins) {
    const at = map.project([pin.lat, pin.lon]);
    const key = `${Math.round(at.x / CELL)}:${Math.round(at.y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(pin);
  }
  return [...cells.values()];
}

function listed(pins) {
  const list = document.createElement("ul");
  for (const pin of pins.slice(0, 30)) {
    const link = document.createElement("a");
    link.href = `/incident/${encodeURIComponent(pin.id)}`;
    link.textContent = (pin.disputed ? "≠ " : "") + pin.title;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  if (pins.length > 30) { const more = document.createElement("li"); more.textContent = `and ${pins.length - 30} more`; list.append(more); }
  return list;
}

function draw(map, layer, pins) {
  layer.clearLayers();
  for (const group of grouped(map, pins)) {
    const lat = group.reduce((sum, pin) => sum + pin.lat, 0) / group.length;
    const lon = group.reduce((sum, pin) => sum + pin.lon, 0) / group.length;
    if (group.length === 1 && RADIUS[group[0].precision]) {
      L.circle([lat, lon], { radius: RADIUS[group[0].precision] * 1000, className: "disc", interactive: false }).addTo(layer);
    }
    const size = Math.min(20, 6 + 2.2 * Math.sqrt(group.length - 1));
    const dot = L.circleMarker([lat, lon], { radius: size, className: "pin" }).addTo(layer);
    if (!group[0].title) continue;
    const label = group.length === 1 ? group[0].title : `${group.length} incidents`;
    dot.bindPopup(() => listed(group));
    const element = dot.getElement();
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", label);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); dot.openPopup(); }
    });
    if (group.length > 1) {
      const icon = L.divIcon({ className: "tally", html: String(group.length), iconSize: [size * 2, size * 2] });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(layer);
    }
  }
}

async function show(place) {
  if (place.dataset.shown) return;
  place.dataset.shown = "1";
  const map = L.map(place, { attributionControl: false, worldCopyJump: true, minZoom: 1, maxZoom: 9, zoomSnap: 0.5 });
  const one = place.dataset.src ? null : [{ lat: +place.dataset.lat, lon: +place.dataset.lon, precision: place.dataset.precision }];
  map.setView(one ? [one[0].lat, one[0].lon] : [20, 10], one ? 5 : 2);
  const land = await (await fetch(place.dataset.land)).json();
  for (const shape of rings(land)) L.polygon(shape, { className: "land", interactive: false, weight: 1 }).addTo(map);
  const pins = one || (await (await fetch(place.dataset.src)).json()).pins;
  if (!one && pins.length) map.fitBounds(pins.map((pin) => [pin.lat, pin.lon]), { padding: [30, 30], maxZoom: 6, animate: false });
  const layer = L.layerGroup().addTo(map);
  draw(map, layer, pins);
  map.on("zoomend", () => draw(map, layer, pins));
  place.dataset.ready = "1";
}

function showAll() { document.querySelectorAll(".map[data-land]").forEach(show); }
document.addEventListener("DOMContentLoaded", showAll);
document.addEventListener("htmx:afterSettle", showAll);
