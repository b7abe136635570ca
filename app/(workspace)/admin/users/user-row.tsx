"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/app/_ui/badge";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { SelectField } from "@/app/_ui/field";
import { OutcomeLine } from "@/app/_ui/outcome";
import { Cell, Row } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { useAction } from "@/app/_ui/use-action";
import type { UserView } from "@/lib/features/users/schema";
import { changeRoleAction, deactivateUserAction, reactivateUserAction, resetPasswordAction } from "./actions";
import { PasswordOnce } from "./password-once";
import { type Role, roleOptions } from "./role-options";

type Asked = "reset" | "deactivate" | null;

/** An account and what an administrator can do about it. `self` is the administrator's own. */
export function UserRow({ user, self }: { user: UserView; self: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>(null);
  const role = useAction(changeRoleAction);
  const reactivation = useAction(reactivateUserAction);
  const refusal = role.refusal ?? reactivation.refusal;
  const active = !user.deactivatedAt;
  return (
    <Row className={active ? undefined : "text-muted"}>
      <Cell className="font-semibold">
        {user.name}
        {self && <span className="font-normal text-muted"> (you)</span>}
      </Cell>
      <Cell>{user.email}</Cell>
      <Cell>
        <SelectField
          // The row keeps the role that counts: after a refusal the choice goes back.
          key={`${user.role} ${refusal?.message}`}
          label={`Role of ${user.email}`}
          hideLabel
          className="w-28"
          options={roleOptions}
          defaultValue={user.role}
          disabled={!active || role.busy}
          onChange={async (event) => {
            await role.run({ userId: user.id, role: event.target.value as Role });
            router.refresh();
          }}
        />
        {refusal && (
          <p role="alert" className="mt-1 text-sm text-flag">
            ⚠ {refusal.message}
          </p>
        )}
      </Cell>
      <Cell>
        {active ? (
          <Badge tone="ok" mark="✓">
            active
          </Badge>
        ) : (
          <Badge mark="■">deactivated</Badge>
        )}
        {active && user.mustChangePassword && (
          <span className="ml-2 text-sm text-muted">password not chosen yet</span>
        )}
      </Cell>
      <Cell numeric>{user.labels.toLocaleString("en")}</Cell>
      <Cell className="text-muted">
        <Time at={user.createdAt} />
      </Cell>
      <Cell>
        <div className="flex justify-end gap-2">
          {active ? (
            <>
              <Button onClick={() => setAsked("reset")} aria-label={`Reset password of ${user.email}`}>
                Reset password
              </Button>
              <Button onClick={() => setAsked("deactivate")} aria-label={`Deactivate ${user.email}`}>
                Deactivate
              </Button>
            </>
          ) : (
            <Button
              busy={reactivation.busy}
              aria-label={`Reactivate ${user.email}`}
              onClick={async () => {
                await reactivation.run({ userId: user.id });
                router.refresh();
              }}
            >
              Reactivate
            </Button>
          )}
        </div>
        <ResetPassword user={user} open={asked === "reset"} onClose={() => setAsked(null)} />
        <Deactivate user={user} open={asked === "deactivate"} onClose={() => setAsked(null)} />
      </Cell>
    </Row>
  );
}

interface AskedProps {
  user: UserView;
  open: boolean;
  onClose: () => void;
}

function ResetPassword({ user, open, onClose }: AskedProps) {
  const { run, busy, refusal, clear } = useAction(resetPasswordAction);
  const [password, setPassword] = useState<string | null>(null);
  const close = () => {
    clear();
    setPassword(null);
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={close} title="Reset the password?">
      {password ? (
        <div className="space-y-4">
          <PasswordOnce email={user.email} password={password} />
          <div className="flex justify-end">
            <Button onClick={close}>Done</Button>
          </div>
        </div>
      ) : (
        <div className="space-y-4">
          <p>
            {user.name} ({user.email}) gets a new generated password and is signed out everywhere. At the next
            sign-in they have to choose a password of their own.
          </p>
          {refusal && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <Button
              tone="primary"
              busy={busy}
              onClick={async () => setPassword((await run({ userId: user.id }))?.data.password ?? null)}
            >
              Reset password
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Deactivate({ user, open, onClose }: AskedProps) {
  const router = useRouter();
  const { run, busy, refusal, clear } = useAction(deactivateUserAction);
  const close = () => {
    clear();
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={close} title="Deactivate the account?">
      <div className="space-y-4">
        <p>
          {user.name} ({user.email}) is signed out at once and cannot sign in. Labels by this user stay. The
          account can be reactivated.
        </p>
        {refusal && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button
            tone="danger"
            busy={busy}
            onClick={async () => {
              if (!(await run({ userId: user.id }))) return;
              close();
              router.refresh();
            }}
          >
            Deactivate
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
