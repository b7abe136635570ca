import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { keepPostgres } from "../../bin/setup/keep-postgres.mjs";

/** A server that can be killed, and whose starts a test decides about; `said(pattern)` waits for a line. */
function kept(start, isStopping) {
  const lines = [];
  const waiting = [];
  const server = { lives: true, starts: 0, looks: 0 };
  const say = (line) => {
    lines.push(line);
    for (const tell of waiting.splice(0)) tell();
  };
  const keeping = keepPostgres(
    {
      isAlive: () => server.lives,
      tidy: () => server.looks++,
      async start(signal) {
        server.starts++;
        await start(server, signal);
      },
    },
    { say, isStopping },
  );
  const said = async (pattern) => {
    while (!lines.some((line) => pattern.test(line))) await new Promise((resolve) => waiting.push(resolve));
  };
  return { server, lines, said, end: keeping.end };
}

test("a dead server is started until it runs, each failure is said with the next wait", async () => {
  const { server, lines, said, end } = kept((server) => {
    if (server.starts === 1) throw new Error("The database did not start: the disk is full");
    server.lives = true;
  });
  server.lives = false;
  await said(/runs again/);
  await end();
  assert.deepEqual(lines, [
    "The database process ended (its log may say why); starting it again in 1 s",
    "The database did not start: the disk is full; starting it again in 2 s",
    "The database runs again",
  ]);
  assert.ok(server.looks > 0);
});

test("the end interrupts a start and waits for it; nothing is started afterwards", async () => {
  let begun;
  const starting = new Promise((resolve) => {
    begun = resolve;
  });
  let interrupted = false;
  const { server, lines, end } = kept(async (_, signal) => {
    begun();
    await once(signal, "abort");
    interrupted = true;
  });
  server.lives = false;
  await starting;
  await end();
  assert.ok(interrupted);
  assert.equal(server.starts, 1);
  assert.equal(lines.length, 1);
});

test("the end interrupts a wait", async () => {
  const { server, said, end } = kept(() => assert.fail("started"));
  server.lives = false;
  await said(/starting it again in 1 s/);
  await end();
  assert.equal(server.starts, 0);
});

test("while the product is being stopped, nothing is started", async () => {
  let asked;
  const lookedWhileStopping = new Promise((resolve) => {
    asked = resolve;
  });
  const { server, lines, end } = kept(
    () => assert.fail("started"),
    () => {
      asked();
      return true;
    },
  );
  server.lives = false;
  await lookedWhileStopping;
  await end();
  assert.deepEqual([lines, server.starts], [[], 0]);
});
