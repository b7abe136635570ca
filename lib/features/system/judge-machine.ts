import type { Finding, FindingState, MachineReport } from "./schema";

const GIB = 2 ** 30;
/** The oldest Node that package.json allows. */
const oldestNode = [20, 19] as const;

/** What there is to say of a machine; pure, the same for the page and the command line. */
export function judgeMachine(machine: MachineReport): Finding[] {
  return [
    judgeNode(machine),
    judgeCpu(machine),
    judgeMemory(machine),
    judgeDisk(machine),
    judgeNvidia(machine),
    judgeOnnxRuntime(machine),
    judgeSelfTest(machine),
    ...judgeBackends(machine),
  ];
}

function judgeNode({ node, platform }: MachineReport): Finding {
  const [major = 0, minor = 0] = node.replace(/^v/, "").split(".").map(Number);
  const old = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  return finding("Machine", "Node", old ? "broken" : "good", `${node} on ${platform}`, {
    broken: `Install Node ${oldestNode.join(".")} or newer`,
  });
}

function judgeCpu({ cpu, onnxRuntime }: MachineReport): Finding {
  const usable = cpu.limit ?? cpu.cores;
  const words = `${cpu.model}, ${count(cpu.cores, "core")}${cpu.limit === null ? "" : `, of which a limit leaves ${round(cpu.limit)}`}`;
  const tooMany = onnxRuntime.threads > Math.ceil(usable);
  return finding("Machine", "Processor", tooMany ? "look" : "good", words, {
    look: `Inference uses ${onnxRuntime.threads} threads: set SULCUS_THREADS to ${Math.max(1, Math.floor(usable))}`,
  });
}

function judgeMemory({ memory: { total, available, limit } }: MachineReport): Finding {
  const state = available < GIB / 2 ? "broken" : available < 1.5 * GIB ? "look" : "good";
  const words = `${gib(available)} of ${gib(limit ?? total)} available${limit === null ? "" : " (a limit)"}`;
  const advice = "A training run and the network need about 1.5 GiB: end other programs or add memory";
  return finding("Machine", "Memory", state, words, { look: advice, broken: advice });
}

/** Room below which a disk is warned of: the larger of the two counts. */
const roomWanted = { bytes: 20 * GIB, share: 0.1 };

/** What there is to say of the data folder's disk, in bytes. */
export function judgeDisk({ disk }: Pick<MachineReport, "disk">): Finding {
  if (!disk)
    return finding("Machine", "Disk", "look", "The room in the data folder cannot be told", {
      look: "See that SULCUS_DATA names a folder that this process may read",
    });
  const share = disk.total > 0 ? disk.free / disk.total : 0;
  const isLow = disk.free < roomWanted.bytes || share < roomWanted.share;
  const state = disk.free < GIB / 4 ? "broken" : isLow ? "look" : "good";
  const advice = "Make room on the data folder's disk: imports and training stop when it is full";
  const words = `${gib(disk.free)} of ${gib(disk.total)} (${Math.floor(100 * share)} %) free in the data folder`;
  return finding("Machine", "Disk", state, words, { look: advice, broken: advice });
}

function judgeNvidia({ nvidia, backends }: MachineReport): Finding {
  if (nvidia.length === 0)
    return finding(
      "Machine",
      "NVIDIA device",
      "good",
      "None; training and inference use what is listed below",
    );
  const used = backends.some(({ name, taken }) => taken && (name === "tfjs-node-gpu" || name === "webgpu"));
  return finding("Machine", "NVIDIA device", used ? "good" : "look", nvidia.join(", "), {
    look: "It is not used for training; why, the backends below say",
  });
}

function judgeOnnxRuntime({
  onnxRuntime: { version, providers, used, threads, batch },
}: MachineReport): Finding {
  const others = providers
    .filter(({ name }) => name !== used)
    .map(
      ({ name, bundled }) =>
        `${name} ${bundled ? "(bundled, not taken: its results are not tested)" : "(not bundled)"}`,
    );
  return finding(
    "Network",
    "ONNX Runtime",
    providers.some(({ name, bundled }) => name === used && bundled) ? "good" : "broken",
    `${version} on ${used}, ${count(threads, "thread")}, ${count(batch, "image")} at once; other providers: ${others.join(", ") || "none"}`,
    { broken: "Install the dependencies anew: remove node_modules and run `npm start`" },
  );
}

function judgeSelfTest({ selfTest }: MachineReport): Finding {
  const advice =
    "Do not use predictions of this machine: install Sulcus anew, and report the processor if it stays";
  if (!selfTest.ran)
    return finding(
      "Network",
      "Self-test",
      "broken",
      `The shipped network cannot be run: ${selfTest.reason}`,
      {
        broken: advice,
      },
    );
  const { difference, tolerance, milliseconds } = selfTest;
  const measured = `a relative difference of ${difference.toExponential(1)}, at most ${tolerance.toExponential(0)} is allowed`;
  // A difference that is not a number is not below the tolerance.
  if (!(difference <= tolerance))
    return finding(
      "Network",
      "Self-test",
      "broken",
      `The network gives other values than it should: ${measured}`,
      {
        broken: advice,
      },
    );
  const slow = milliseconds > 2_000;
  const words = `The network gives the values it should (${measured}) in ${Math.round(milliseconds)} ms an image`;
  return finding("Network", "Self-test", slow ? "look" : "good", words, {
    look: "That is slow: is the machine busy with something else?",
  });
}

function judgeBackends({ backends, nvidia }: MachineReport): Finding[] {
  const advice: Record<string, string> = {
    "tfjs-node-gpu":
      "For training on the NVIDIA device: `npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false`, with CUDA 11.2 and cuDNN 8.1",
  };
  const findings = backends.map(({ name, taken, reason }) => {
    const wanted = !taken && nvidia.length > 0 && name in advice;
    return finding(
      "Training",
      name,
      wanted ? "look" : "good",
      taken ? `Taken: ${reason}` : `Not taken: ${reason}`,
      { look: advice[name] ?? "" },
    );
  });
  if (backends.some(({ taken }) => taken)) return findings;
  return [
    ...findings,
    finding(
      "Training",
      "Backend",
      "broken",
      "No backend of TensorFlow.js can be used, so nothing can be trained",
      {
        broken: "Install the dependencies anew: remove node_modules and run `npm start`",
      },
    ),
  ];
}

/** `todos` by state: what to do in that case. */
function finding(
  group: Finding["group"],
  name: string,
  state: FindingState,
  says: string,
  todos: Partial<Record<FindingState, string>> = {},
): Finding {
  return { group, name, state, says, todo: todos[state] ?? null };
}

const round = (value: number) => Math.round(value * 10) / 10;
const gib = (bytes: number) => `${round(bytes / GIB)} GiB`;
const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
