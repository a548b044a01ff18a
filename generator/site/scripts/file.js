// In a course that is read from a file: browsers start no worker there, so the search's runs in a hidden frame.
// The theme's worker looks for this name to find its own files.
var IFrameWorker = class extends EventTarget {
  #window;
  #ready;

  constructor(address) {
    super();
    const frame = document.createElement("iframe");
    frame.hidden = true;
    document.body.append(frame);
    this.#window = frame.contentWindow;
    this.#window.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
    this.#window.importScripts = async (...names) => {
      for (const name of names) await this.#load(name);
    };
    this.#ready = this.#load(new URL(address, location));
  }

  async postMessage(data) {
    await this.#ready;
    this.#window.dispatchEvent(new MessageEvent("message", { data }));
  }

  #load(address) {
    const { document } = this.#window;
    const script = document.createElement("script");
    script.src = address;
    return new Promise((resolve, reject) => {
      Object.assign(script, { onload: resolve, onerror: reject });
      document.body.append(script);
    });
  }
};

window.Worker = IFrameWorker;
