"use client";
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { ChangePasswordDialog } from "./change-password-dialog";
import { DensityItems, useDensity } from "./density";
import { useHelpTab } from "./help-link";

const item = "block cursor-pointer rounded px-2.5 py-1.5 outline-none data-[highlighted]:bg-line";

interface Props {
  name: string;
  email: string;
  role: string;
  /** Who labels has decisions to look back on. */
  mayLabel: boolean;
  /** Who decides for the whole installation. */
  maySet: boolean;
  /** Of the product. */
  version: string;
}

/** The signed-in person: who they are, their decisions, help, how tables look, their password, the way out; and the version. */
export function UserMenu({ name, email, role, mayLabel, maySet, version }: Props) {
  const [changing, setChanging] = useState(false);
  const [density, setDensity] = useDensity();
  const newTab = useHelpTab();
  return (
    <>
      {/* Not modal: the page stays there for screen readers while the menu is open. */}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="flex items-center gap-1 rounded-md px-2 py-1 whitespace-nowrap hover:bg-panel2 data-[state=open]:bg-panel2">
          <span className="sr-only">Account of </span>
          {name}
          <ChevronDown aria-hidden="true" size={14} className="text-muted" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-40 min-w-52 rounded-lg border border-edge bg-panel p-1 shadow-2xl shadow-black"
        >
          <DropdownMenu.Label className="mb-1 border-b border-line px-2.5 pt-1 pb-2 text-muted">
            {email}
            <br />
            {role}
          </DropdownMenu.Label>
          {mayLabel && (
            <DropdownMenu.Item className={item} asChild>
              <Link href="/decisions">My decisions</Link>
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={item} asChild>
            <Link href="/help/keys" {...newTab}>
              Keys
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} asChild>
            <Link href="/help" {...newTab}>
              Help
            </Link>
          </DropdownMenu.Item>
          {maySet && (
            <DropdownMenu.Item className={item} asChild>
              <Link href="/admin/settings">Settings</Link>
            </DropdownMenu.Item>
          )}
          <DensityItems density={density} onChoose={setDensity} className={item} />
          <DropdownMenu.Separator className="my-1 border-t border-line" />
          <DropdownMenu.Item className={item} onSelect={() => setChanging(true)}>
            Change password
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => void signOut({ callbackUrl: "/sign-in" })}>
            Sign out
          </DropdownMenu.Item>
          <DropdownMenu.Label className="mt-1 border-t border-line px-2.5 pt-2 pb-1 text-sm text-muted">
            Sulcus {version}
          </DropdownMenu.Label>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      <ChangePasswordDialog email={email} open={changing} onOpenChange={setChanging} />
    </>
  );
}
