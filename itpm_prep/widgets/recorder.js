// Answering aloud: takes are recorded in this tab and stay in it until they are deleted or the tab is closed.
const TAKES = []; // of this tab, whichever screen is shown
const takesChanged = new EventTarget();
const CHUNK_MS = 1000; // so much is lost at most when a microphone goes
const SLICE_BYTES = 4 * 1024 * 1024; // well under what one message may hold
const SAVE_PATIENCE_MS = 10000;
const SOUNDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const REFUSED = {
  NotAllowedError: "The browser does not let this page use the microphone.",
  NotFoundError: "No microphone was found.",
  NotReadableError: "The microphone is in use by another program.",
};
const IN_WRITING = "Everything else works without it: write your answer, or paste a transcript.";

const sizeOf = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e5) / 10} MB`);
const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const changeTakes = () => takesChanged.dispatchEvent(new Event("change"));

addEventListener("beforeunload", (event) => {
  if (TAKES.some((take) => !take.path)) event.preventDefault(); // the browser then asks
});

// One recording under way; ``onEnd(reason)`` is told why it ended: "stop", "limit" or "lost".
class Recording {
  constructor(stream, { label, title, seconds, bytes }, onEnd) {
    Object.assign(this, { stream, label, title, onEnd });
    this.chunks = [];
    this.size = 0;
    this.reason = "lost"; // unless it is stopped here
    this.began = performance.now();
    this.recorder = new MediaRecorder(stream, { mimeType: SOUNDS.find((type) => MediaRecorder.isTypeSupported(type)) });
    this.recorder.ondataavailable = ({ data }) => {
      this.chunks.push(data);
      this.size += data.size;
      if (this.size >= bytes || this.seconds() >= seconds) this.stop("limit");
    };
    this.recorder.onstop = () => this.end();
    this.recorder.start(CHUNK_MS);
  }
  seconds() {
    return (performance.now() - this.began) / 1000;
  }
  stop(reason) {
    if (this.recorder.state === "inactive") return;
    this.reason = reason;
    this.length = this.seconds();
    this.recorder.stop();
  }
  end() {
    this.stream.getTracks().forEach((track) => track.stop());
    const blob = new Blob(this.chunks, { type: this.recorder.mimeType.split(";")[0] });
    if (blob.size) {
      const { label, title } = this;
      TAKES.push({ id: freshId(), label, title, blob, url: URL.createObjectURL(blob), seconds: this.length ?? this.seconds(), path: "" });
    }
    this.onEnd(blob.size ? this.reason : "nothing");
    changeTakes();
  }
}

// Sends a take in slices, each after the one before was taken.
class Saving {
  constructor(take, send, onEnd) {
    Object.assign(this, { take, send, onEnd });
    this.next(0);
  }
  async next(at) {
    clearTimeout(this.patience);
    const { id, label, blob } = this.take;
    const content = await toBase64(blob.slice(at, at + SLICE_BYTES));
    this.patience = setTimeout(() => this.onEnd("No answer from the app."), SAVE_PATIENCE_MS);
    const sent = this.send({ kind: "slice", take: id, label, type: blob.type, at, size: blob.size, content });
    if (!sent) this.onEnd("No answer from the app.");
  }
  close() {
    clearTimeout(this.patience);
  }
}

function drawRecorder(spec, send) {
  const el = make("details", "speaking");
  const said = make("p", "quiet");
  said.setAttribute("role", "status");
  el.append(make("summary", "", "Answer aloud"));
  const close = [];
  if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) close.push(drawMicrophone(el, spec, said));
  else el.append(make("p", "", `This browser offers no microphone to this page. ${IN_WRITING}`));
  const takes = drawTakes(send, said);
  el.append(said, takes.el);
  const dictation = drawDictation(el, said);
  return {
    el,
    update: takes.update,
    close: () => [...close, takes.close, dictation].forEach((end) => end()),
  };
}

// The button that records, with the time running; returns what ends it.
function drawMicrophone(el, spec, said) {
  const words = `Say your answer and listen to it. A recording stays in this browser tab unless you save it; ${spec.seconds / 60} minutes or ${sizeOf(spec.bytes)} at most.`;
  const button = make("button", "", "Record");
  const time = make("span");
  const row = make("div", "row");
  time.setAttribute("role", "timer");
  button.type = "button";
  let recording = null;
  const limit = `The recording reached ${spec.seconds / 60} minutes or ${sizeOf(spec.bytes)} and was stopped. What was recorded is kept.`;
  const ends = {
    stop: "Recorded.",
    limit,
    lost: "The microphone went away. What was recorded until then is kept.",
    nothing: "Nothing was recorded: the microphone gave no sound.",
  };
  const show = (text) => (said.textContent = text);
  const start = async () => {
    button.disabled = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recording = new Recording(stream, spec, (reason) => {
        recording = null;
        clearInterval(timer);
        time.textContent = "";
        button.textContent = "Record";
        show(ends[reason]);
      });
      const timer = setInterval(() => recording && (time.textContent = lengthOf(recording.seconds())), 250);
      button.textContent = "Stop recording";
      show("Recording.");
    } catch (fault) {
      show(`${REFUSED[fault.name] ?? `The microphone cannot be used (${fault.name}).`} ${IN_WRITING}`);
    }
    button.disabled = false;
  };
  button.onclick = () => (recording ? recording.stop("stop") : start());
  row.append(button, time);
  el.append(make("p", "quiet", words), row);
  return () => recording?.stop("stop"); // going on ends the recording and keeps it
}

// The takes of this tab: listen, save, delete.
function drawTakes(send, said) {
  const el = make("ul");
  let saving = null;
  const over = (words) => {
    saving?.close();
    saving = null;
    said.textContent = words;
    draw();
  };
  const act = (label, name, run) => {
    const button = make("button", "plain", label);
    button.type = "button";
    button.append(make("span", "spoken", ` ${name}`));
    button.onclick = run;
    return button;
  };
  const line = (take, at) => {
    const name = `recording ${at + 1}`;
    const row = make("li");
    const head = make("div", "row apart");
    const buttons = make("span", "row");
    const audio = make("audio");
    audio.controls = true;
    audio.src = take.url;
    audio.setAttribute("aria-label", name);
    if (!take.path) {
      const save = act("Save", name, () => {
        saving = new Saving(take, send, (why) => over(`Not saved: ${why} The recording is still in this tab.`));
        said.textContent = "Saving the recording ...";
        draw();
      });
      save.firstChild.data = "Save recording";
      save.disabled = saving !== null;
      buttons.append(save);
    }
    buttons.append(
      act("Delete", name, () => {
        TAKES.splice(TAKES.indexOf(take), 1);
        URL.revokeObjectURL(take.url);
        said.textContent = take.path ? `Deleted here. The saved file stays: ${take.path}` : "Deleted.";
        changeTakes();
      }),
    );
    head.append(make("span", "", `${at + 1}. ${take.title}: ${lengthOf(take.seconds)}, ${sizeOf(take.blob.size)}`), buttons);
    row.append(head, audio);
    if (take.path) row.append(make("p", "quiet", `Saved as ${take.path}`));
    return row;
  };
  const draw = () => el.replaceChildren(...TAKES.map(line));
  takesChanged.addEventListener("change", draw);
  draw();
  return {
    el,
    update({ taken, kept, refused }) {
      if (!saving) return;
      if (taken !== undefined) saving.next(taken);
      if (refused) over(`Not saved: ${refused} The recording is still in this tab.`);
      if (kept) {
        saving.take.path = kept;
        over("The recording is saved.");
      }
    },
    close() {
      saving?.close();
      takesChanged.removeEventListener("change", draw);
    },
  };
}
