// Prints the colour tokens of the four Carbon themes as one JSON object: {theme: {token: "#rrggbb"}}.
//
// Carbon gives some colours with an alpha value. Qt style sheets and palettes draw such a colour over whatever happens
// to lie below, which differs between a widget and its children. So each is blended here with the `background` token of
// its own theme: channel = round(alpha * colour + (1 - alpha) * background). A fully transparent colour becomes the
// background. Nothing else is changed. Tokens that are not colours are left out.
//
// The tokens of buttons, tags and notifications are keyed by theme inside the token in Carbon; they are turned round and
// merged by their camelCase names. Where Carbon gives one for the light themes only, the dark themes get FALLBACK.

const carbon = require("@carbon/themes");

const THEMES = { white: "whiteTheme", g10: "g10", g90: "g90", g100: "g100" };
const COMPONENTS = ["buttonTokens", "tagTokens", "notificationTokens"];
const FALLBACK = "layerHover01";

function channels(colour) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  if (short) return [...short.slice(1).map((digit) => parseInt(digit + digit, 16)), 1];
  const full = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (full) return [...full.slice(1).map((pair) => parseInt(pair, 16)), 1];
  const rgba = /^rgba?\(([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\)$/.exec(colour);
  if (rgba) return [+rgba[1], +rgba[2], +rgba[3], rgba[4] === undefined ? 1 : +rgba[4]];
  return null;
}

function solid(colour, background) {
  const [red, green, blue, alpha] = channels(colour);
  const base = channels(background);
  const blended = [red, green, blue].map((value, place) => Math.round(alpha * value + (1 - alpha) * base[place]));
  return "#" + blended.map((value) => value.toString(16).padStart(2, "0")).join("");
}

function themed(name, key) {
  const values = Object.entries(carbon[name]);
  for (const component of COMPONENTS)
    for (const [token, byTheme] of Object.entries(carbon[component]))
      values.push([token, byTheme[key] ?? carbon[name][FALLBACK]]);
  return values.filter(([, value]) => typeof value === "string" && channels(value) !== null);
}

const tokens = {};
for (const [name, key] of Object.entries(THEMES)) {
  const background = carbon[name].background;
  const pairs = themed(name, key).map(([token, value]) => [token, solid(value, background)]);
  tokens[name] = Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
process.stdout.write(JSON.stringify(tokens, null, 1) + "\n");
