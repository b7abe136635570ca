import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { HeadCell, Table, TableHead } from "@/app/_ui/table";
import { listUsers } from "@/lib/features/users/list-users";
import { may } from "@/lib/records/access";
import { AddUser } from "./add-user";
import { UserRow } from "./user-row";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage() {
  const actor = await pageActor();
  if (!may(actor, "user:manage")) notFound();
  const users = await listUsers(actor);
  const active = users.filter((user) => !user.deactivatedAt).length;
  return (
    <PageBody wide>
      <PageHeader
        title="Users"
        lead={`${active} active ${active === 1 ? "account" : "accounts"}. Changes apply at the user’s next click.`}
      >
        <AddUser />
      </PageHeader>
      <Table>
        <caption className="sr-only">Users</caption>
        <TableHead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell>E-mail address</HeadCell>
            <HeadCell>Role</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell numeric>Label versions written</HeadCell>
            <HeadCell>Created</HeadCell>
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          </tr>
        </TableHead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} self={user.id === actor.id} />
          ))}
        </tbody>
      </Table>
      <section aria-label="What roles may do" className="mt-4 text-sm text-muted">
        <p>
          <b className="text-text">Reader</b> reads and labels, may start training.{" "}
          <b className="text-text">Reviewer</b> may also cancel background work.{" "}
          <b className="text-text">Admin</b> may also import, promote models and manage users.
        </p>
      </section>
    </PageBody>
  );
}
