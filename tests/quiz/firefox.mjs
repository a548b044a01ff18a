// Answers the quiz of a page in Firefox with mouse and keyboard, as standard input says, and writes what came of it.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { browser: executablePath, address, path, wrong, right } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const said = [];

/** Opens a page, and listens to what goes wrong on it. */
async function open(path) {
  const page = await browser.newPage();
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && said.push(`${path}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`${path}: ${error.message}`));
  await page.setViewport({ width: 360, height: 740 });
  await page.goto(`${address}/${path}`, { waitUntil: "load" });
  return page;
}

/** Gives the item `name` a response; what is typed and arranged goes by keyboard. */
async function answer(page, name, response) {
  const form = `#relay--${name}`;
  if (name === "order") {
    for (const [place, id] of response.entries()) {
      const button = `${form} li[data-element=${id}] [data-do=up]`;
      const at = () => page.$eval(button, (one) => [...one.closest("ol").children].indexOf(one.closest("li")));
      await page.focus(button);
      for (let count = await at(); count > place; count--) await page.keyboard.press("Enter");
    }
  } else if (Array.isArray(response)) {
    for (const value of response) await page.click(`${form} [value=${value}]`);
  } else {
    const fields = typeof response === "string" ? { answer: response } : response;
    for (const [field, value] of Object.entries(fields)) {
      const place = `${form} [name=${field}]`;
      const type = await page.$eval(place, (one) => one.type);
      if (type === "select-one") await page.select(place, value);
      else if (type === "radio") await page.click(`${place}[value=${value}]`);
      else {
        await page.$eval(place, (one) => one.select());
        await page.type(place, value);
      }
    }
  }
  await page.focus(`${form} [data-do=check]`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${form}[data-state]`);
}

const states = (page) =>
  page.$$eval("form[data-item]", (all) => Object.fromEntries(all.map((one) => [one.dataset.item.split(".")[1], one.dataset.state])));

const page = await open(path);
await page.waitForSelector("[data-actions]:not([hidden])");
for (const [name, response] of Object.entries(wrong)) await answer(page, name, response);
const first = await states(page);
for (const [name, response] of Object.entries(right)) {
  await page.click(`#relay--${name} [data-do=retry]`);
  await answer(page, name, response);
}
const second = await states(page);
await page.reload({ waitUntil: "load" });
await page.waitForSelector("form[data-state]");
const resumed = await states(page);
const width = await page.evaluate(() => document.documentElement.scrollWidth);
process.stdout.write(JSON.stringify({ first, second, resumed, width, said }));
await browser.close();
