// The drawing board: OpenChemLib's editor, three buttons and the way of a drawing to Python.
// LIBRARY, the source of the bundled OpenChemLib module, is defined in front of this text.

const boards = new WeakMap(); // one board per place on the page
let library = null; // loaded once per visit
let kept = ""; // the drawing survives a change of page or panel

function load() {
  const url = URL.createObjectURL(new Blob([LIBRARY], { type: "text/javascript" }));
  return import(url);
}

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const known = boards.get(parentElement);
  if (known) {
    known.tell = setTriggerValue;
    known.offer(data);
    return known.end;
  }
  const board = { tell: setTriggerValue, offer: () => {}, end: () => {} };
  boards.set(parentElement, board);
  const find = (name) => parentElement.querySelector(`[data-part="${name}"]`);
  const status = find("status");
  let chemistry;
  try {
    library ??= load();
    chemistry = await library;
  } catch (error) {
    library = null;
    boards.delete(parentElement);
    status.textContent = "The drawing board did not load. Paste a SMILES instead.";
    console.error(error);
    return board.end;
  }
  const paper = find("canvas");
  const editor = new chemistry.CanvasEditor(paper, { initialMode: "molecule" });
  const restore = liftWhereItWas(paper.firstElementChild.shadowRoot.querySelectorAll("canvas"));
  if (kept) editor.setMolecule(chemistry.Molecule.fromMolfile(kept));
  editor.setOnChangeListener((change) => {
    if (change.type !== "molecule") return;
    kept = editor.getMolecule().toMolfile();
    status.textContent = describe(editor.getMolecule());
  });
  status.textContent = describe(editor.getMolecule());

  find("use").addEventListener("click", () => {
    const molecule = editor.getMolecule();
    board.tell("use", {
      atoms: molecule.getAllAtoms(),
      smiles: molecule.toIsomericSmiles(),
      molfile: molecule.toMolfile(),
    });
  });
  find("clear").addEventListener("click", () => editor.clearAll());
  const start = find("start");
  start.addEventListener("click", () => {
    try {
      editor.setMolecule(chemistry.Molecule.fromSmiles(start.dataset.smiles));
      editor.moleculeChanged();
    } catch (error) {
      status.textContent = "This structure cannot be put on the board.";
      console.error(error);
    }
  });
  board.offer = (given) => {
    start.hidden = !given.smiles;
    start.dataset.smiles = given.smiles;
    start.textContent = `Start from ${given.name}`;
  };
  board.end = () => {
    boards.delete(parentElement);
    restore();
    editor.destroy();
  };
  board.offer(data);
  parentElement.querySelectorAll("button").forEach((button) => { button.disabled = false; });
  return board.end;
}

// The editor listens at the document for a lifted pointer, and there the browser gives its place
// relative to the outermost shadow root. This puts it back relative to the canvas that was pressed.
function liftWhereItWas(canvases) {
  let pressed = null;
  const press = (event) => { pressed = event.currentTarget; };
  const lift = (event) => {
    if (!pressed) return;
    const box = pressed.getBoundingClientRect();
    Object.defineProperty(event, "offsetX", { value: event.clientX - box.left });
    Object.defineProperty(event, "offsetY", { value: event.clientY - box.top });
    pressed = null;
  };
  canvases.forEach((canvas) => canvas.addEventListener("pointerdown", press));
  document.addEventListener("pointerup", lift, true);
  return () => document.removeEventListener("pointerup", lift, true);
}

function describe(molecule) {
  const atoms = molecule.getAllAtoms();
  return atoms ? `${atoms} atom${atoms > 1 ? "s" : ""} on the board` : "The board is empty";
}
