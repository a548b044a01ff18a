// In a course that is read from a file: browsers load no module from there, so they are all here, as text.
// `MODULES` is their sources by name; what they import is named likewise; `FOLDER` is where their files would be.
{
  const MODULES = {};
  const FOLDER = {};
  const { src, dataset } = document.currentScript;
  // A module that asks for its own address is told that of its file.
  const placed = (name, text) => text.replaceAll("import.meta.url", JSON.stringify(new URL(`${FOLDER}/${name}`, src)));
  const imports = Object.entries(MODULES).map(([name, text]) => [name, `data:text/javascript,${encodeURIComponent(placed(name, text))}`]);
  const map = document.createElement("script");
  map.type = "importmap";
  map.textContent = JSON.stringify({ imports: Object.fromEntries(imports) });
  document.head.append(map);
  for (const name of dataset.modules.split(" ")) import(name);
}
