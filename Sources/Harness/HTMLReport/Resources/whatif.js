// What another probe or other CPU would have made of a start: fields below its tape, where the trace tells enough.
for (const tape of document.querySelectorAll("figure.tape[data-course]")) offerOtherSettings(tape);

function offerOtherSettings(tape) {
  const { course, probe, cpu, outcome, at, open } = JSON.parse(tape.dataset.course);
  // A start that other rules had a part in is not explained by these. What had not ended by the end stands for itself as
  // a stage that hangs.
  const known = open ? { ...course, stages: [...course.stages, { delay: 0, cpu: 0, threads: 1, ends: "hangs" }] } : course;
  const own = decideStart(known, probe, startMillicores(cpu));
  if (own.outcome !== outcome || Math.abs(own.at - at) > 1e6) return;

  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
  const form = make("form", { className: "what-if" });
  const group = make("fieldset");
  const field = (words, control) => {
    const label = make("label", { textContent: words + " " });
    label.append(control);
    group.append(label);
    return control;
  };
  const number = (words, value, least) =>
    field(words, make("input", { type: "number", min: least, step: "any", value: String(value), required: true }));
  group.append(make("legend", { textContent: "What another probe would have made of it" }));
  const timeout = number("timeout (s)", probe.timeout / 1e9, 0.001);
  const period = number("period (s)", probe.period / 1e9, 0.001);
  const threshold = number("threshold", probe.failureThreshold, 1);
  const limit = number("vCPU", cpu.limit, 0.001);
  const boost = field("more at the start", make("input", { type: "checkbox", checked: cpu.boost }));
  const listens = open ? number("it would listen at (s)", Math.ceil(open.until / 1e9), 0) : null;
  const output = make("output");
  form.append(group, output);
  tape.append(form);

  const show = () => {
    if (!form.checkValidity()) {
      output.textContent = "Each field needs a number above zero.";
      return;
    }
    const other = {
      ...probe, timeout: nanoseconds(timeout), period: nanoseconds(period),
      failureThreshold: Math.max(1, Math.round(Number(threshold.value))),
    };
    const stages = listens
      ? [...course.stages, { delay: 0, cpu: Math.round(Math.max(0, nanoseconds(listens) - open.from) * open.share), threads: 1 }]
      : course.stages;
    const cores = { limit: Number(limit.value), boost: boost.checked };
    const found = decideStart({ ...course, stages }, other, startMillicores(cores));
    const words = { ready: "It is ready", killed: "It is killed", exited: "The process has ended: it fails" }[found.outcome];
    const refused = other.timeout > other.period ? " The platform refuses a timeout above the period." : "";
    const supposed = listens ? ` if it listens at ${listens.value} s with the CPU of this start` : "";
    output.textContent = `${words} at ${(found.at / 1e9).toFixed(1)} s, after ${found.attempts} `
      + `${found.attempts === 1 ? "attempt" : "attempts"}${supposed}.${refused}`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

function nanoseconds(field) { return Math.round(Number(field.value) * 1e9); }

// The CPU during the start, in thousandths: with boost a limit up to 1 becomes 2, up to 2 becomes 4, above that 8 (Cloud Run).
function startMillicores({ limit, boost }) {
  const cores = !boost ? limit : limit <= 1 ? 2 : limit <= 2 ? 4 : Math.max(limit, 8);
  return Math.max(1, Math.floor(cores * 1000 + 0.5));
}
