import type {
  Finding,
  FindingGroup,
  FindingPart,
  FindingSays,
  FindingState,
  FindingTodo,
  MachineReport,
} from "./schema";

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
  const says = { code: "node-version", node, platform } as const;
  return finding("machine", { code: "node" }, old ? "broken" : "good", says, {
    broken: { code: "install-node", version: oldestNode.join(".") },
  });
}

function judgeCpu({ cpu, onnxRuntime }: MachineReport): Finding {
  const usable = cpu.limit ?? cpu.cores;
  const tooMany = onnxRuntime.threads > Math.ceil(usable);
  const says = { code: "processor-is", model: cpu.model, cores: cpu.cores, limit: cpu.limit } as const;
  return finding("machine", { code: "processor" }, tooMany ? "look" : "good", says, {
    look: { code: "set-threads", used: onnxRuntime.threads, threads: Math.max(1, Math.floor(usable)) },
  });
}

function judgeMemory({ memory: { total, available, limit } }: MachineReport): Finding {
  const state = available < GIB / 2 ? "broken" : available < 1.5 * GIB ? "look" : "good";
  const says = {
    code: "memory-available",
    available,
    total: limit ?? total,
    limited: limit !== null,
  } as const;
  const todo = { code: "free-memory" } as const;
  return finding("machine", { code: "memory" }, state, says, { look: todo, broken: todo });
}

/** Room below which a disk is warned of: the larger of the two counts. */
const roomWanted = { bytes: 20 * GIB, share: 0.1 };

/** What there is to say of the data folder's disk, in bytes. */
export function judgeDisk({ disk }: Pick<MachineReport, "disk">): Finding {
  const part = { code: "disk" } as const;
  if (!disk)
    return finding(
      "machine",
      part,
      "look",
      { code: "disk-unknown" },
      {
        look: { code: "name-readable-folder" },
      },
    );
  const { free, total } = disk;
  const share = total > 0 ? free / total : 0;
  const isLow = free < roomWanted.bytes || share < roomWanted.share;
  const state = free < GIB / 4 ? "broken" : isLow ? "look" : "good";
  const todo = { code: "make-room" } as const;
  return finding(
    "machine",
    part,
    state,
    { code: "disk-free", free, total, share },
    {
      look: todo,
      broken: todo,
    },
  );
}

function judgeNvidia({ nvidia, backends }: MachineReport): Finding {
  const part = { code: "nvidia" } as const;
  if (nvidia.length === 0) return finding("machine", part, "good", { code: "no-nvidia" });
  const used = backends.some(({ name, taken }) => taken && (name === "tfjs-node-gpu" || name === "webgpu"));
  return finding(
    "machine",
    part,
    used ? "good" : "look",
    { code: "nvidia-devices", names: nvidia },
    {
      look: { code: "see-backends" },
    },
  );
}

function judgeOnnxRuntime({
  onnxRuntime: { version, providers, used, threads, batch },
}: MachineReport): Finding {
  const others = providers.filter(({ name }) => name !== used);
  return finding(
    "network",
    { code: "onnx-runtime" },
    providers.some(({ name, bundled }) => name === used && bundled) ? "good" : "broken",
    { code: "onnx-runtime-is", version, used, threads, batch, others },
    { broken: { code: "reinstall-dependencies" } },
  );
}

function judgeSelfTest({ selfTest }: MachineReport): Finding {
  const part = { code: "self-test" } as const;
  const distrust = { broken: { code: "distrust-predictions" } } as const;
  if (!selfTest.ran)
    return finding("network", part, "broken", { code: "network-not-run", cause: selfTest.reason }, distrust);
  const { difference, tolerance, milliseconds } = selfTest;
  // A difference that is not a number is not below the tolerance.
  if (!(difference <= tolerance))
    return finding("network", part, "broken", { code: "network-differs", difference, tolerance }, distrust);
  const says = { code: "network-agrees", difference, tolerance, milliseconds } as const;
  return finding("network", part, milliseconds > 2_000 ? "look" : "good", says, {
    look: { code: "see-whether-busy" },
  });
}

function judgeBackends({ backends, nvidia }: MachineReport): Finding[] {
  const findings = backends.map(({ name, taken, reason }) => {
    const wanted = !taken && nvidia.length > 0 && name === "tfjs-node-gpu";
    return finding(
      "training",
      { code: "backend", name },
      wanted ? "look" : "good",
      { code: taken ? "backend-taken" : "backend-not-taken", cause: reason },
      { look: { code: "rebuild-node-gpu" } },
    );
  });
  if (backends.some(({ taken }) => taken)) return findings;
  const none = finding(
    "training",
    { code: "backends" },
    "broken",
    { code: "no-backend" },
    {
      broken: { code: "reinstall-dependencies" },
    },
  );
  return [...findings, none];
}

/** `todos` by state: what to do in that case. */
function finding(
  group: FindingGroup,
  part: FindingPart,
  state: FindingState,
  says: FindingSays,
  todos: Partial<Record<FindingState, FindingTodo>> = {},
): Finding {
  return { group, part, state, says, todo: todos[state] ?? null };
}
