"use strict";
// Decides a start on Cloud Run from its course, as coldstart's simulator does. All times are whole nanoseconds.
//
// course: stages (delay, cpu, threads; ends "fails" or "hangs" where it does not finish; failsAt), listensAfter and
//   passesAfter (how many stages must have finished; null for never), before (the status that a probe gets until then, or
//   "hangs"), exits (whether the process ends where a stage fails), and the platform's delays: firstAttempt, exitNotice,
//   connectionNotice, answerDelay.
// probe: kind ("TCP" or "HTTP"), initialDelay, timeout, period, failureThreshold.
// millicores: the CPU during the start, in thousandths of a vCPU.
// Returns outcome ("ready", "killed", "exited"), at, attempts.
function decideStart(course, probe, millicores) {
  const process = runStages(course.stages, millicores, course.exits);
  const finishes = (count) => count === null ? Infinity : count === 0 ? 0 : process.ends[count - 1] ?? Infinity;
  const listens = finishes(course.listensAfter);
  const passes = finishes(course.passesAfter);
  const { exit } = process;
  const given = exit + course.exitNotice;
  const answers = (moment) => listens <= moment && moment < exit;

  // When and how an attempt that begins now ends. At its deadline a result still counts; a process that is gone gives none.
  const attempt = (begin) => {
    const deadline = begin + probe.timeout;
    let due = Infinity;
    let isSuccess = false;
    if (probe.kind === "TCP") {
      due = Math.max(begin, listens) + course.connectionNotice;
      isSuccess = true;
    } else if (!answers(begin)) {
      return { end: begin, isSuccess: false };
    } else if (passes <= begin || course.before !== "hangs") {
      const status = passes <= begin ? 200 : course.before;
      due = begin + course.answerDelay;
      isSuccess = status >= 200 && status < 400;
    } else {
      due = passes + course.answerDelay;
      isSuccess = true;
    }
    return due <= deadline && due < exit ? { end: due, isSuccess } : { end: deadline, isSuccess: false };
  };

  let begin = probe.initialDelay + course.firstAttempt;
  for (let attempts = 1, failures = 0; ; attempts += 1) {
    if (given <= begin) return { outcome: "exited", at: given, attempts: attempts - 1 };
    const { end, isSuccess } = attempt(begin);
    if (isSuccess) return { outcome: "ready", at: end, attempts };
    if (given <= end) return { outcome: "exited", at: given, attempts };
    failures += 1;
    if (failures >= probe.failureThreshold) return { outcome: exit <= end ? "exited" : "killed", at: end, attempts };
    do { begin += probe.period; } while (begin < end);
  }
}

// When each stage finishes, one after the other, and when the process ends for one that fails. Each has its delay, and then
// its work at the lesser of its threads and the CPU that there is.
function runStages(stages, millicores, exits) {
  const ends = [];
  let now = 0;
  for (const stage of stages) {
    const rate = BigInt(Math.min(millicores, Math.max(stage.threads, 1) * 1000));
    const work = (BigInt(stage.cpu) * 1000n + rate - 1n) / rate;
    const end = stage.ends === "hangs" ? Infinity : now + stage.delay + Number(work);
    const failsAt = stage.failsAt ?? Infinity;
    if (failsAt <= end || stage.ends === "fails") {
      return { ends, exit: exits ? Math.max(Math.min(failsAt, end), now) : Infinity };
    }
    if (end === Infinity) break;
    ends.push(end);
    now = end;
  }
  return { ends, exit: Infinity };
}
